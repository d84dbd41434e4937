import { invalidRequest } from './errors.ts'

const MAX_PARAMETERS = 200

/** RFC 8707 §2 and RFC 8693 §2.1: the only two that may come more than once. */
const REPEATABLE = new Set(['resource', 'audience'])

/**
 * The parameters of a query or form body. A parameter without a value counts as
 * not sent (RFC 6749 §3.1).
 */
export class Parameters {
  readonly #values: Map<string, string[]>

  constructor(values: Map<string, string[]>) {
    this.#values = values
  }

  /** The first value; undefined when it was not sent or is empty. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.[0]
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  /** Sent more than once though it may not be (RFC 6749 §3.1), in any order. */
  repeated(): string[] {
    return [...this.#values].filter(([name, values]) => values.length > 1 && !REPEATABLE.has(name)).map(([name]) => name)
  }

  /** True when a value holds a NUL: nothing that is stored or compared may. */
  hasNul(): boolean {
    return [...this.#values.values()].some((values) => values.some((value) => value.includes('\0')))
  }
}

/**
 * Decodes `application/x-www-form-urlencoded`.
 * Throws `invalid_request` for broken percent-encoding or invalid UTF-8: URLSearchParams would turn
 * `%ff` into U+FFFD and keep the last of two equal names, both silently.
 */
export function parseParameters(text: string): Parameters {
  const values = new Map<string, string[]>()
  const pairs = text === '' ? [] : text.split('&')
  if (pairs.length > MAX_PARAMETERS) throw invalidRequest('Too many parameters')

  for (const pair of pairs) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1))
    if (value === '') continue
    const known = values.get(name)
    if (known) known.push(value)
    else values.set(name, [value])
  }
  return new Parameters(values)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw invalidRequest('A parameter is not valid percent-encoded UTF-8')
  }
}

/** Throws `invalid_request`: a credential in the query would end in somebody's log, so it is refused, not ignored. */
export function refuseCredentialsIn(query: string): void {
  if (/(?:^|&)(?:client_secret|code|refresh_token|subject_token|token|client_assertion|code_verifier)=/.test(query)) {
    throw invalidRequest('Parameters belong into the body')
  }
}

/** The body of a POST: a form, nothing else (RFC 6749 §3.2), each parameter once but those named. */
export function parseFormBody(contentType: string | null, body: Uint8Array, mayRepeat: readonly string[] = []): Parameters {
  requireForm(contentType)
  const parameters = parseParameters(utf8(body))
  if (parameters.repeated().some((name) => !mayRepeat.includes(name))) throw invalidRequest('A parameter was sent more than once')
  if (parameters.hasNul()) throw invalidRequest('A parameter holds a NUL character')
  return parameters
}

/** One media type, with no charset but UTF-8; two of them joined by a comma are none. */
export function requireForm(contentType: string | null): void {
  if (!/^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '')) {
    throw invalidRequest('Content-Type must be application/x-www-form-urlencoded')
  }
}

/** Throws `invalid_request` for what is not UTF-8. */
export function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw invalidRequest('The body is not valid UTF-8')
  }
}
