import { formBody } from '../browser.ts'
import { basic, FORM, type Form, JSON_BODY } from '../oauth-client.ts'
import type { Init } from '../target.ts'

export const REDIRECT = 'https://client.example.com/cb'
export const VERIFIER = 'v'.repeat(43)

export type Confidential = { readonly id: string; readonly secret: string }
export type EndpointName = 'authorize' | 'token' | 'revoke' | 'introspect' | 'register' | 'metadata' | 'jwks'

/** An authorization server with the same clients and tokens as the other. */
export type Side = {
  readonly issuer: string
  readonly resource: string
  readonly registrationSecret: string
  /** Public, may use codes and refresh. */
  readonly client: string
  /** As the one above. */
  readonly otherClient: string
  /** With a secret, codes and refresh. */
  readonly confidential: Confidential
  /** With a secret, for itself only. */
  readonly machine: Confidential
  send(endpoint: EndpointName, init?: Init & { readonly query?: string }): Promise<Response>
  /** A fresh one of `client`, for all its scopes. */
  code(): Promise<string>
  /** Of `client`. */
  tokens(): Promise<{ readonly access: string; readonly refresh: string }>
}

/** `200`, status and error code, `RED error` at the client, `interaction` for a page that asks a person, `PAGE status`. */
export async function seen(response: Response, { issuer }: Side): Promise<string> {
  const { status, headers } = response
  const location = headers.get('location')
  if (location?.startsWith(REDIRECT)) return redirected(new URL(location))
  if (location !== null) return new URL(location, issuer).href.startsWith(new URL(issuer).origin) ? 'interaction' : `elsewhere ${location}`
  const text = await response.text()
  if (headers.get('content-type')?.startsWith('text/html')) return `PAGE ${status}`
  const { error, active } = (text.startsWith('{') ? JSON.parse(text) : {}) as { error?: string; active?: boolean }
  return [status, error, active === undefined ? undefined : active ? 'active' : 'inactive'].filter((part) => part !== undefined).join(' ')
}

/** A fragment is where a response type that we do not have puts its errors. */
function redirected({ searchParams, hash }: URL): string {
  const inFragment = new URLSearchParams(hash.slice(1)).get('error')
  return inFragment ? `RED ${inFragment} in the fragment` : `RED ${searchParams.get('error') ?? 'code'}`
}

type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly query?: string }

/** A form; a string is sent as it stands. */
export const posted = async (side: Side, endpoint: EndpointName, form: Form | string, { headers = {}, query = '' }: Sent = {}) =>
  seen(
    await side.send(endpoint, {
      method: 'POST',
      query,
      headers: { ...FORM, ...headers },
      body: typeof form === 'string' ? form : formBody(form),
    }),
    side,
  )

export const postedJson = async (side: Side, endpoint: EndpointName, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  seen(
    await side.send(endpoint, {
      method: 'POST',
      headers: { ...JSON_BODY, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    side,
  )

export const authorization = ({ id, secret }: Confidential) => ({ authorization: basic(id, secret) })
