/** A value of a test, with what its name says of it: a report wants no line of 50 KB. */
export const short = <T>(value: T): [string, T] => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return [text.length > 80 ? `${text.slice(0, 40)}… (${text.length} characters)` : text, value]
}
