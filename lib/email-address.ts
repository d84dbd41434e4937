const LOCAL = /^[a-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The one spelling of an e-mail address we keep and compare: NFKC, lower case, ASCII, unquoted; null for anything else.
 * Normalised first and checked afterwards, or a character that normalises to `@` would slip through.
 */
export function parseEmailAddress(text: string): string | null {
  if (text.length > 320) return null
  const address = text.trim().normalize('NFKC').toLowerCase()
  const [local = '', domain = '', ...more] = address.split('@')
  if (more.length > 0 || address.length > 254 || local.length > 64) return null
  return LOCAL.test(local) && DOMAIN.test(domain) ? address : null
}
