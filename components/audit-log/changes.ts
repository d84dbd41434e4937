/** One field of a change, as verbs write it. */
export type Change = { readonly field: string; readonly before: unknown; readonly after: unknown }

/** What a change was, field by field: as verbs write it, `{ before, after }`, or as a pair. Empty for an event that changed nothing. */
export function changesIn(detail: Readonly<Record<string, unknown>> | null): Change[] {
  const changes = detail?.changes
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return []
  return Object.entries(changes).flatMap(([field, value]) => {
    if (Array.isArray(value) && value.length === 2) return [{ field, before: value[0], after: value[1] }]
    if (typeof value !== 'object' || value === null) return []
    const { before, after } = value as { before?: unknown; after?: unknown }
    return [{ field, before, after }]
  })
}

/** Gone, come or stayed. */
export type Mark = '-' | '+' | ' '

/** What went, what stayed, what came, in the order a reader expects. */
export function linesOf({ before, after }: Omit<Change, 'field'>): { mark: Mark; text: string }[] {
  const [old, now] = [itemsOf(before), itemsOf(after)]
  if (!Array.isArray(before) || !Array.isArray(after)) return [...old.map(line('-')), ...now.map(line('+'))]
  return [...old.filter((text) => !now.includes(text)).map(line('-')), ...now.map((text) => line(old.includes(text) ? ' ' : '+')(text))]
}

const line = (mark: Mark) => (text: string) => ({ mark, text })

const itemsOf = (value: unknown): string[] => (Array.isArray(value) ? [...new Set(value.map(said))] : [said(value)])

function said(value: unknown): string {
  if (value === undefined || value === null) return 'not set'
  if (value === '') return 'empty'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
