import type { CheckResult, ShownAnswer } from '#lib/management/checks/run.ts'
import { discoveryUrl } from '../projects/snippets.ts'

/** A page of ours may only ask its own host (Content-Security-Policy), and the server does not call itself. */
const ELSEWHERE: CheckResult = {
  verdict: 'unsure',
  words: 'This issuer has a host of its own, which this page may not ask. Run the command.',
  answers: [],
}

const SHOWN_CHARACTERS = 4_000

/** From this browser: the two documents that every client reads first (RFC 8414 §3, RFC 7517 §5). */
export async function askIssuer(issuer: string): Promise<CheckResult> {
  if (!isHere(issuer)) return ELSEWHERE
  const [metadata, keys] = await Promise.all([ask(discoveryUrl(issuer)), ask(`${issuer}/.well-known/jwks.json`)])
  const answers = [metadata.shown, keys.shown]
  const wrong = (words: string): CheckResult => ({ verdict: 'wrong', words, answers })
  const silent = answers.find(({ status }) => status !== 200)
  if (silent) return wrong(`${silent.url} answers ${silent.status ?? 'nothing'} instead of 200.`)
  if (metadata.document?.issuer !== issuer) return wrong(`It calls itself ${String(metadata.document?.issuer)} instead of ${issuer}.`)
  if (!Array.isArray(keys.document?.keys) || keys.document.keys.length === 0) return wrong('There are no keys.')
  return { verdict: 'right', words: 'As it should be, as seen from this browser: the issuer says its own name, and has its keys.', answers }
}

/**
 * A registration that no mode takes, because it says nowhere to return to (RFC 7591 §2): what it is refused for shows whether a real one
 * would be let in, and no client is left behind.
 */
export async function askRegistration(issuer: string, mode: 'guarded' | 'open' | 'off'): Promise<CheckResult> {
  if (!isHere(issuer)) return ELSEWHERE
  const body = JSON.stringify({ client_name: 'Check of the quick start', redirect_uris: [] })
  const { shown } = await ask(`${issuer}/api/oauth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const { status, words } = REGISTRATION[mode]
  const answers = [shown]
  if (shown.status === status) return { verdict: 'right', words, answers }
  return { verdict: 'wrong', words: `It answers ${shown.status ?? 'nothing'} instead of ${status}.`, answers }
}

const REGISTRATION = {
  open: { status: 400, words: 'As it should be: it asks for no secret, and refused this one only because it has no redirect URI.' },
  guarded: { status: 401, words: 'As it should be: without the registration secret nobody registers. The command sends it.' },
  off: { status: 404, words: 'As it should be: registration is off.' },
} as const

const isHere = (issuer: string): boolean => new URL(issuer).origin === window.location.origin

type Asked = { readonly shown: ShownAnswer; readonly document: Readonly<Record<string, unknown>> | null }

/** Without cookies, as a stranger. */
async function ask(url: string, init: RequestInit = {}): Promise<Asked> {
  const method = init.method === 'POST' ? 'POST' : 'GET'
  const response = await fetch(url, { ...init, credentials: 'omit', cache: 'no-store' }).catch(() => null)
  if (!response) return { shown: { method, url, status: null, headers: [], body: '' }, document: null }
  const text = await response.text()
  const document = objectIn(text)
  const headers = ['content-type', 'www-authenticate'].flatMap((name) => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  const body = (document ? JSON.stringify(document, null, 2) : text).slice(0, SHOWN_CHARACTERS)
  return { shown: { method, url, status: response.status, headers, body }, document }
}

function objectIn(text: string): Asked['document'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
