/** One line of JSON; names in snake_case, as on the wire. */
export const json = (data: unknown): string => JSON.stringify(snakeCase(data))

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), snakeCase(item)]),
  )
}

/** Columns as wide as their widest cell. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.'
  const lines = [headings, ...rows].map((line) => line.map(printable))
  const widths = headings.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names and values, one per line. */
export function list(items: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(items).map((name) => name.length))
  return Object.entries(items)
    .map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`)
    .join('\n')
}

export const moment = (date: Date | null): string => date?.toISOString().replace(/\.\d+Z$/, 'Z') ?? '–'

/** Clients name themselves: a terminal must not obey what they wrote. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '�')
