/** Why a JSON body was refused; the endpoint names the code. */
export type JsonProblem = 'media_type' | 'syntax' | 'duplicate_member' | 'not_an_object' | 'too_deep'

const MAX_DEPTH = 16

/**
 * A JSON object out of a request body, or why not.
 * Members that come twice are refused: two parsers that pick different ones are how checks are passed by (RFC 8259 §4).
 */
export function parseJsonObject(contentType: string | null, body: Uint8Array): Record<string, unknown> | JsonProblem {
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '')) return 'media_type'
  return jsonObjectOf(body)
}

/** The same of bytes whose media type is checked elsewhere, or does not matter. */
export function jsonObjectOf(body: Uint8Array): Record<string, unknown> | Exclude<JsonProblem, 'media_type'> {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    if (deeperThan(text, MAX_DEPTH)) return 'too_deep'
    value = JSON.parse(text)
  } catch {
    return 'syntax'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not_an_object'
  if (hasDuplicateMember(text)) return 'duplicate_member'
  return value as Record<string, unknown>
}

/** Walks the text outside its strings. Only called on what is at most 64 KB. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0
  for (const token of structure(text)) {
    if (token === '{' || token === '[') depth++
    if (token === '}' || token === ']') depth--
    if (depth > limit) return true
  }
  return false
}

/** The text is valid JSON here, so a string followed by a colon is a member's name. */
function hasDuplicateMember(text: string): boolean {
  const open: Set<string>[] = []
  let last: string | null = null
  for (const token of structure(text)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && last !== null) {
      const name: string = JSON.parse(last)
      const names = open.at(-1)
      if (names?.has(name)) return true
      names?.add(name)
    }
    last = token.startsWith('"') ? token : null
  }
  return false
}

/** Strings, brackets and colons in their order; linear, without backtracking. */
function* structure(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    if (character === '"') {
      const start = i
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) if (text.charAt(i) === '\\') i++
      yield text.slice(start, i + 1)
    } else if ('{}[]:'.includes(character)) yield character
  }
}

/** `application/json` or a type made of it (RFC 6838 §4.2.8), parameters aside. */
export const isJsonMediaType = (contentType: string | undefined): boolean =>
  /^application\/(?:[a-z0-9.-]+\+)?json\s*(?:;.*)?$/i.test(contentType?.trim() ?? '')
