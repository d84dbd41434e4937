import type { Profile } from './profile.ts'
import { ProfileFailure, type Step, shownUrl, type TraceStep } from './trace.ts'

/** As much of `fetch` as a run needs. Redirects are answers: no client follows one here. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>
export type FetchInit = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly redirect: 'manual'
}

export type Members = Readonly<Record<string, unknown>>
export type Answer = { readonly status: number; readonly headers: Headers; readonly members: Members; readonly isJson: boolean }
export type Request = { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** What a script may send to another origin without asking first (Fetch, CORS-safelisted request-headers). */
const SAFE_HEADERS = new Set(['accept', 'user-agent'])
const SAFE_TYPES = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']

/** The client's connection to the world: it sends as the profile sends, and keeps what happened. */
export class Wire {
  readonly #profile: Profile
  readonly #fetch: Fetch
  readonly #steps: TraceStep[] = []
  #told = 0

  constructor(profile: Profile, fetch: Fetch) {
    this.#profile = profile
    this.#fetch = fetch
  }

  /** Sends, as a script after a preflight where a browser would ask for one. An answer that is no JSON has no members. */
  async ask(step: Step, url: string, { method = 'GET', headers = {}, body }: Request = {}): Promise<Answer> {
    const { scriptOrigin } = this.#profile
    const own = { accept: 'application/json', ...this.#profile.headers, ...headers }
    if (scriptOrigin) await this.#preflight(url, method, own, scriptOrigin)
    const sent = scriptOrigin ? { ...own, origin: scriptOrigin } : own
    const response = await this.#send(step, method, url, sent, body)
    if (scriptOrigin && !isReadable(response, scriptOrigin)) this.fail('the browser shows the answer to no script of this origin')
    return answerOf(response)
  }

  /** Something the client does without a request of its own. */
  note(step: Step, note: string, request = '', status: number | null = null): void {
    this.#steps.push({ step, request, status, verdict: 'passed', note })
  }

  /** What the client thinks of what it has just got. */
  judge(note: string, verdict: TraceStep['verdict'] = 'passed'): void {
    const last = this.#steps.pop()
    if (last) this.#steps.push({ ...last, note, verdict })
  }

  fail(why: string): never {
    this.judge(why, 'failed')
    throw new ProfileFailure(this.#profile.id, this.#steps.at(-1)?.step ?? 'metadata', why)
  }

  /** Throws unless it holds. */
  require(holds: boolean, why: string): void {
    if (!holds) this.fail(why)
  }

  /** The value; throws when there is none. */
  need<Value>(value: Value | null | undefined, why: string): Value {
    return value ?? this.fail(why)
  }

  /** What nobody has been told yet. */
  fresh(): readonly TraceStep[] {
    const fresh = this.#steps.slice(this.#told)
    this.#told = this.#steps.length
    return fresh
  }

  async #send(step: Step, method: string, url: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Response> {
    const at = this.#steps.push({ step, request: `${method} ${shownUrl(url)}`, status: null, verdict: 'passed', note: '' }) - 1
    try {
      const response = await this.#fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) })
      // By its place: others may be on their way at the same time.
      this.#steps.splice(at, 1, { ...(this.#steps[at] as TraceStep), status: response.status })
      return response
    } catch (error) {
      return this.fail(`no answer: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #preflight(url: string, method: string, headers: Readonly<Record<string, string>>, origin: string): Promise<void> {
    const asked = Object.entries(headers).filter(([name, value]) => !isSafelisted(name, value))
    if (asked.length === 0 && ['GET', 'HEAD', 'POST'].includes(method)) return
    const names = asked.map(([name]) => name.toLowerCase())
    const { status, headers: allowed } = await this.#send('preflight', 'OPTIONS', url, {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': names.join(','),
    })
    const listed = (name: string) => (allowed.get(name) ?? '').split(',').map((one) => one.trim().toLowerCase())
    this.require(status >= 200 && status < 300, `the preflight was answered with ${status}`)
    this.require(isOrigin(allowed.get('access-control-allow-origin'), origin), 'the preflight allows no script of this origin')
    this.require(listed('access-control-allow-methods').includes(method.toLowerCase()), `the preflight does not allow ${method}`)
    const missing = names.filter((name) => !listed('access-control-allow-headers').includes(name))
    this.require(missing.length === 0, `the preflight does not allow ${missing.join(', ')}`)
    this.judge('the browser may send it')
  }
}

const isOrigin = (allowed: string | null, origin: string): boolean => allowed === '*' || allowed === origin
const isReadable = ({ headers }: Response, origin: string): boolean => isOrigin(headers.get('access-control-allow-origin'), origin)

function isSafelisted(name: string, value: string): boolean {
  if (name.toLowerCase() === 'content-type') return SAFE_TYPES.some((type) => value.startsWith(type))
  return SAFE_HEADERS.has(name.toLowerCase())
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const { status, headers } = response
  try {
    const parsed: unknown = JSON.parse(text)
    const members = typeof parsed === 'object' && parsed !== null ? (parsed as Members) : {}
    return { status, headers, members, isJson: /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '') }
  } catch {
    return { status, headers, members: {}, isJson: false }
  }
}

/** A member that is text and not empty; null for any other. */
export function textOf(members: Members, name: string): string | null {
  const value = members[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The texts of a list; none for anything else. */
export function listOf(members: Members, name: string): readonly string[] {
  const value = members[name]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

/** The scopes of a member or parameter, in their order. */
export const scopesIn = (text: string | null | undefined): readonly string[] => text?.split(' ').filter(Boolean) ?? []
