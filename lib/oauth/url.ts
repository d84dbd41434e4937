/**
 * Null for what is no URL. Not `URL.canParse`: once Node 20 has optimised a caller, it answers false for every text with a
 * character between U+0080 and U+00FF, such as `https://bücher.example`.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
