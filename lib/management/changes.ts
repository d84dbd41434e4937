/** What an update really changes: wished for and not so already. `after` is for the statement, `changes` for the audit row. */
export function changesOf<T extends object>(
  old: T,
  wanted: { readonly [K in keyof T]?: T[K] | undefined },
): { after: Partial<T>; changes: Record<string, { before: unknown; after: unknown }> } {
  const after: Partial<T> = {}
  const changes: Record<string, { before: unknown; after: unknown }> = {}
  for (const key of Object.keys(wanted) as (keyof T & string)[]) {
    const value = wanted[key]
    if (value === undefined || value === old[key]) continue
    after[key] = value as T[keyof T & string]
    changes[key] = { before: old[key], after: value }
  }
  return { after, changes }
}

/** What was there of something that is gone, in the same form. */
export const removalOf = (old: Readonly<Record<string, unknown>>): Record<string, { before: unknown; after: null }> =>
  Object.fromEntries(Object.entries(old).map(([field, before]) => [field, { before, after: null }]))
