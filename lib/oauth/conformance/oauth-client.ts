import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { DEVICE_CODE } from '../grant-type.ts'
import { formBody } from './browser.ts'
import type { TestBrowser, TestClient, TestProject, TestUser, Where } from './target.ts'

/** A form's fields: a list is the same name several times, undefined is not sent. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>

/** The members we read by name; everything else as it came. */
export type Wire = {
  readonly error?: string
  readonly error_description?: string
  readonly access_token?: string
  readonly refresh_token?: string
  readonly token_type?: string
  readonly id_token?: string
  readonly device_code?: string
  readonly user_code?: string
  readonly expires_in?: number
  readonly scope?: string
  readonly issued_token_type?: string
  readonly active?: boolean
  readonly client_id?: string
  readonly client_secret?: string
  readonly [member: string]: unknown
}

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: Wire }
export type Tokens = { readonly access: string; readonly refresh: string; readonly scope: string }
export type Connection = Tokens & { readonly code: string; readonly verifier: string; readonly grantId: string; readonly redeem: Form }

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: text.startsWith('{') ? (JSON.parse(text) as Wire) : {} }
}

/** `200`, or status and error code: what most tests are about. */
export const outcomeOf = ({ status, body }: Answer): string => (body.error ? `${status} ${body.error}` : `${status}`)

export const pkcePair = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const
export const JSON_BODY = { 'content-type': 'application/json' } as const

export async function postForm(
  project: TestProject,
  path: string,
  form: Form,
  { headers = {}, ...where }: Where & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return answerOf(await project.fetch(path, { method: 'POST', headers: { ...FORM, ...headers }, body: formBody(form) }, where))
}

export async function postJson(
  project: TestProject,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return answerOf(await project.fetch(path, { method: 'POST', headers: { ...JSON_BODY, ...headers }, body: text }))
}

/** Dynamic registration, RFC 7591, with the project's registration secret unless `headers` says otherwise. */
export const register = (
  project: TestProject,
  metadata: unknown,
  headers = bearer(project.registrationSecret) as Readonly<Record<string, string>>,
) => postJson(project, '/api/oauth/register', metadata, headers)

/** `headers` besides those that the client authenticates with. */
export type Sent = Where & { readonly headers?: Readonly<Record<string, string>> }

/** A registered client and the ways it speaks to one project. */
export type OAuthClient = ReturnType<typeof oauthClient>

export function oauthClient(project: TestProject, client: TestClient) {
  const { clientId, clientSecret, method } = client
  const headers = method === 'client_secret_basic' && clientSecret ? { authorization: basic(clientId, clientSecret) } : {}
  const credentials: Form =
    method === 'client_secret_basic' ? {} : { client_id: clientId, ...(clientSecret ? { client_secret: clientSecret } : {}) }
  const post = async (path: string, form: Form, sent: Sent = {}) => {
    const asserted: Form = client.assertion ? { client_assertion_type: ASSERTION_TYPE, client_assertion: await client.assertion() } : {}
    return postForm(project, path, { ...credentials, ...asserted, ...form }, { ...sent, headers: { ...headers, ...sent.headers } })
  }

  return {
    ...client,

    /** Every parameter a good request has; `changes` replaces, adds or, with undefined, leaves out. */
    authorizeUrl(challenge: string, changes: Form = {}): string {
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: client.redirectUri,
        code_challenge: challenge,
        state: 'xyz',
      }
      return `${project.issuer}/oauth/authorize?${formBody({ ...parameters, code_challenge_method: 'S256', ...changes })}`
    },

    push: (form: Form, where?: Sent) => post('/api/oauth/par', form, where),
    token: (form: Form, where?: Sent) => post('/api/oauth/token', form, where),
    redeem: (form: Form, where?: Sent) => post('/api/oauth/token', { grant_type: 'authorization_code', ...form }, where),
    refresh: (refresh_token: string, form: Form = {}, where?: Sent) =>
      post('/api/oauth/token', { grant_type: 'refresh_token', refresh_token, ...form }, where),
    device: (form: Form = {}, where?: Where) => post('/api/oauth/device_authorization', form, where),
    poll: (device_code: string, form: Form = {}, where?: Where) =>
      post('/api/oauth/token', { grant_type: DEVICE_CODE, device_code, ...form }, where),
    revoke: (token: string, form: Form = {}, where?: Where) => post('/api/oauth/revoke', { token, ...form }, where),
    introspect: (token: string, form: Form = {}, where?: Where) => post('/api/oauth/introspect', { token, ...form }, where),
  }
}

/** The project's own server asks what a token is worth. */
export const introspect = (project: TestProject, token: string, where?: Where): Promise<Answer> =>
  postForm(project, '/api/oauth/introspect', { token }, { headers: bearer(project.serverSecret), ...where })

export const isActive = async (project: TestProject, token: string, where?: Where): Promise<boolean> =>
  (await introspect(project, token, where)).body.active === true

export type Approval = {
  readonly user: TestUser
  readonly browser?: TestBrowser
  readonly decision?: 'allow' | 'deny'
  /** Ticked; all that are offered when absent. */
  readonly scopes?: readonly string[]
}

/** Opens the authorize URL in a browser, signs in where that is asked, and answers where that leads. */
async function open(project: TestProject, url: string, { user, browser = project.browser() }: Approval): Promise<string> {
  const opened = await browser.get(url)
  const to = opened.headers.get('location') ?? ''
  if (to === '') throw new Error(`authorize ended with ${opened.status}`)
  return to.startsWith(`${project.issuer}/sign-in`) ? browser.signIn(to, user) : to
}

/** The same, to the consent page. */
export async function openConsent(project: TestProject, url: string, approval: Approval): Promise<string> {
  const to = await open(project, url, approval)
  if (!to.startsWith(`${project.issuer}/consent/`)) throw new Error(`authorize ended at ${to.split('?', 1)[0]}`)
  return to
}

/** The whole way through the browser, and to the page where a certain answer is wanted; answers where it ends at the client. */
export async function approve(project: TestProject, url: string, approval: Approval): Promise<URL> {
  const browser = approval.browser ?? project.browser()
  const wanted = approval.decision !== undefined || approval.scopes !== undefined
  const to = await open(project, wanted && !/[?&](?:prompt|request_uri)=/.test(url) ? `${url}&prompt=consent` : url, {
    ...approval,
    browser,
  })
  if (!to.startsWith(project.issuer) && new URL(to).searchParams.has('code')) return new URL(to) // it was remembered
  const form = await browser.form(to)
  const { decision = 'allow', scopes = form.scopes } = approval
  const answered = await browser.post('/oauth/consent', { ...form.fields, decision, scope: scopes })
  const location = answered.headers.get('location')
  if (answered.status !== 302 || location === null) throw new Error(`consent ended with ${answered.status}`)
  return new URL(location)
}

/** A code and all that is needed to redeem it. */
export async function newCode(project: TestProject, client: OAuthClient, approval: Approval, changes: Form = {}) {
  const { verifier, challenge } = pkcePair()
  const { searchParams } = await approve(project, client.authorizeUrl(challenge, changes), approval)
  const code = searchParams.get('code')
  if (!code) throw new Error(`authorization ended with ${searchParams.get('error')}`)
  const redirect_uri = 'redirect_uri' in changes ? changes.redirect_uri : client.redirectUri
  return { code, verifier, redeem: { code, code_verifier: verifier, redirect_uri } satisfies Form }
}

/** From authorize to tokens. */
export async function connect(project: TestProject, client: OAuthClient, approval: Approval, changes: Form = {}): Promise<Connection> {
  const made = await newCode(project, client, approval, changes)
  const answer = await client.redeem(made.redeem)
  return { ...made, ...tokensOf(answer), grantId: String(decodeJwt(answer.body.access_token ?? '').grant_id) }
}

export function tokensOf(answer: Answer): Tokens {
  const { access_token, refresh_token = '', scope = '' } = answer.body
  if (answer.status !== 200 || !access_token) throw new Error(`no tokens: ${outcomeOf(answer)}`)
  return { access: access_token, refresh: refresh_token, scope }
}

/** The status of a page that sends nobody anywhere. */
export const pageOf = ({ status, headers }: Pick<Response, 'status' | 'headers'>): string =>
  headers.get('location') === null && headers.get('content-type')?.startsWith('text/html') ? `PAGE ${status}` : `not a page: ${status}`

/** `RED error` for an error at the client, `RED` for a code, else where it went. */
export function redirectOf({ status, headers }: Response, redirectUri: string): { readonly kind: string; readonly url: URL } {
  const location = headers.get('location') ?? ''
  const url = new URL(location || 'about:blank')
  if (status !== 302 || !location.startsWith(redirectUri)) return { kind: `${status} ${location.split('?', 1)[0]}`, url }
  return { kind: `RED ${url.searchParams.get('error') ?? 'code'}`, url }
}
