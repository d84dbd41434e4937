const BETWEEN = ' | '

/** What the palette knows an item by: what it is called, and what makes it nobody else's. */
export const itemValue = (name: string, id: string): string => `${name}${BETWEEN}${id}`

/**
 * How well an item answers what is typed, from 0, not at all, to 1: by the beginning of its name, by words of its name, or by what else
 * it may be called. Every word that is typed must be found. Nothing is guessed from single letters, which finds too much.
 */
export function scoreOf(value: string, query: string, words: readonly string[] = []): number {
  const name = (value.split(BETWEEN, 1)[0] ?? '').toLowerCase()
  const typed = query.trim().toLowerCase()
  if (name.startsWith(typed)) return 1
  const wanted = typed.split(/\s+/)
  if (wanted.every((word) => ` ${name}`.includes(` ${word}`))) return 0.8
  if (wanted.every((word) => name.includes(word))) return 0.6
  const all = `${name} ${words.join(' ').toLowerCase()}`
  return wanted.every((word) => all.includes(word)) ? 0.3 : 0
}
