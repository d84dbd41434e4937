/** For a text inside a LIKE pattern, where `%` and `_` are more than characters. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** A Prisma condition for part of a text in any case: Prisma hands `%` and `_` to LIKE as they are. */
export const containing = (text: string) => ({ contains: escaped(text), mode: 'insensitive' as const })

/** The same for SQL, as a value for ILIKE; null for no text. */
export const likeOf = (text: string | undefined): string | null => (text ? `%${escaped(text)}%` : null)
