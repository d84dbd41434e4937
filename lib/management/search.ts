/** A Prisma condition for part of a text in any case. `%` and `_` are ordinary characters: Prisma hands them to LIKE as they are. */
export const containing = (text: string) => ({ contains: text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const })
