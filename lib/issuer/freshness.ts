const MIN_SECONDS = 300
const MAX_SECONDS = 86_400

/** How long an answer may be believed, by its `Cache-Control` (RFC 9111 §4.2) within 5 minutes and 24 hours. */
export function freshSecondsOf(headers: Readonly<Record<string, string | undefined>>): number {
  const directives = headers['cache-control'] ?? ''
  if (/(?:^|[\s,])no-(?:store|cache)\b/i.test(directives)) return MIN_SECONDS
  const [, seconds = '0'] = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(directives) ?? []
  const age = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : 0
  return Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, Number(seconds) - age))
}
