import type { endpoints } from '../endpoints.ts'
import { formBody } from './browser.ts'
import {
  answerOf,
  basic,
  bearer,
  FORM,
  type Form,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
  postJson,
  redirectOf,
  register,
} from './oauth-client.ts'
import { REDIRECT_URI } from './target.ts'
import type { Tenant } from './tenant.ts'

export const JWT_BEARER_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** A field of an endpoint into which somebody can put a credential. */
export type Place = {
  readonly endpoint: keyof typeof endpoints
  /** All that may be answered to what does not belong there. */
  readonly refusals: readonly string[]
  /** Everything else about the request is right. */
  readonly put: (value: string, at: Tenant) => Promise<string>
}

const UNKNOWN_CLIENT = ['401 invalid_client']

const token = async (form: Form, { project }: Tenant, headers: Readonly<Record<string, string>> = {}): Promise<string> =>
  outcomeOf(await postForm(project, '/api/oauth/token', form, { headers }))

/** Where a consent form's answer leads: `RED` to the client, or a page, or to sign in. */
async function answered(
  at: Tenant,
  changes: { readonly form?: Readonly<Record<string, string>>; readonly cookies?: string },
): Promise<string> {
  const { project, pending } = at
  const response = await project.fetch('/oauth/consent', {
    method: 'POST',
    headers: { cookie: changes.cookies ?? pending.browser.cookies(), origin: new URL(project.issuer).origin, ...FORM },
    body: formBody({ ...pending.form.fields, decision: 'allow', scope: 'read', ...changes.form }),
  })
  const location = response.headers.get('location')
  if (location?.startsWith(`${project.issuer}/sign-in`)) return 'sign in'
  return location?.startsWith(REDIRECT_URI) ? redirectOf(response, REDIRECT_URI).kind : pageOf(response)
}

const withCookie = (kind: 'session' | 'browser', value: string, { pending, project }: Tenant): string =>
  pending.browser.cookies().replace(new RegExp(`(gatehouse-${kind}-${project.slug}=)[^;]*`), `$1${value}`)

const NO_ANSWER = ['PAGE 400', 'PAGE 403', 'sign in']

/** By the name of the field. */
export const PLACES = {
  code: {
    endpoint: 'token',
    refusals: ['400 invalid_grant'],
    put: async (code, { client, connected }) =>
      outcomeOf(await client.redeem({ code, code_verifier: connected.verifier, redirect_uri: REDIRECT_URI })),
  },
  refresh_token: {
    endpoint: 'token',
    refusals: ['400 invalid_grant'],
    put: async (value, { client }) => outcomeOf(await client.refresh(value)),
  },
  device_code: {
    endpoint: 'token',
    refusals: ['400 invalid_grant'],
    put: async (device_code, { client }) =>
      outcomeOf(await client.token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code })),
  },
  assertion: {
    endpoint: 'token',
    refusals: ['400 invalid_grant'],
    put: async (assertion, { machine }) =>
      outcomeOf(await machine.token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })),
  },
  subject_token: {
    endpoint: 'token',
    refusals: ['400 invalid_request'],
    put: (subject_token, at) =>
      token({ grant_type: TOKEN_EXCHANGE, subject_token, subject_token_type: ACCESS_TOKEN_TYPE }, at, bearer(at.project.serverSecret)),
  },
  actor_token: {
    endpoint: 'token',
    refusals: ['400 invalid_request'],
    put: (actor_token, at) => {
      const form = {
        subject_token: at.connected.access,
        subject_token_type: ACCESS_TOKEN_TYPE,
        actor_token,
        actor_token_type: ACCESS_TOKEN_TYPE,
      }
      return token({ grant_type: TOKEN_EXCHANGE, ...form }, at, bearer(at.project.serverSecret))
    },
  },
  'client_secret in the header': {
    endpoint: 'token',
    refusals: UNKNOWN_CLIENT,
    put: (value, at) => token({ grant_type: 'client_credentials' }, at, { authorization: basic(at.machine.clientId, value) }),
  },
  'client_secret in the form': {
    endpoint: 'token',
    refusals: UNKNOWN_CLIENT,
    put: (client_secret, at) => token({ grant_type: 'client_credentials', client_id: at.machine.clientId, client_secret }, at),
  },
  client_assertion: {
    endpoint: 'token',
    refusals: UNKNOWN_CLIENT,
    put: (client_assertion, at) =>
      token({ grant_type: 'refresh_token', refresh_token: 'gate_rt_x', client_assertion, client_assertion_type: JWT_BEARER_CLIENT }, at),
  },
  'client_id at token': {
    endpoint: 'token',
    refusals: UNKNOWN_CLIENT,
    put: (client_id, at) => token({ grant_type: 'refresh_token', refresh_token: 'gate_rt_x', client_id }, at),
  },
  'bearer of an exchange': {
    endpoint: 'token',
    refusals: UNKNOWN_CLIENT,
    put: (value, at) =>
      token({ grant_type: TOKEN_EXCHANGE, subject_token: at.connected.access, subject_token_type: ACCESS_TOKEN_TYPE }, at, bearer(value)),
  },
  'bearer at exchange': {
    endpoint: 'exchange',
    refusals: UNKNOWN_CLIENT,
    put: async (value, { project }) => outcomeOf(await postJson(project, '/api/oauth/token/exchange', { user_id: 'u' }, bearer(value))),
  },
  'bearer at introspect': {
    endpoint: 'introspect',
    refusals: UNKNOWN_CLIENT,
    put: async (value, { project, connected }) =>
      outcomeOf(await postForm(project, '/api/oauth/introspect', { token: connected.access }, { headers: bearer(value) })),
  },
  'token to introspect': {
    endpoint: 'introspect',
    refusals: ['{"active":false}'],
    put: async (value, { project }) =>
      (await postForm(project, '/api/oauth/introspect', { token: value }, { headers: bearer(project.serverSecret) })).text,
  },
  'token to revoke': {
    endpoint: 'revoke',
    refusals: ['200 {}'],
    put: async (value, { client }) => {
      const { status, text } = await client.revoke(value)
      return `${status} ${text}`
    },
  },
  'bearer at register': {
    endpoint: 'register',
    refusals: ['401 invalid_token'],
    put: async (value, { project }) => outcomeOf(await register(project, { redirect_uris: [REDIRECT_URI] }, bearer(value))),
  },
  'bearer at a registration': {
    endpoint: 'registration',
    refusals: ['401 invalid_token'],
    put: async (value, { project, registered }) =>
      outcomeOf(await answerOf(await project.fetch(`/api/oauth/register/${registered.clientId}`, { headers: bearer(value) }))),
  },
  'client_secret at par': {
    endpoint: 'par',
    refusals: UNKNOWN_CLIENT,
    put: async (value, { project, machine }) =>
      outcomeOf(await postForm(project, '/api/oauth/par', {}, { headers: { authorization: basic(machine.clientId, value) } })),
  },
  'client_id at device_authorization': {
    endpoint: 'deviceAuthorization',
    refusals: UNKNOWN_CLIENT,
    put: async (client_id, { project }) => outcomeOf(await postForm(project, '/api/oauth/device_authorization', { client_id })),
  },
  user_code: {
    endpoint: 'device',
    refusals: ['302 error=unknown'],
    put: async (user_code, { project, pending }) => {
      const { status, headers } = await pending.browser.post('/oauth/device', { user_code })
      return `${status} ${headers.get('location')?.slice(`${project.issuer}/device?`.length)}`
    },
  },
  'client_id at authorize': {
    endpoint: 'authorize',
    refusals: ['PAGE 400'],
    put: async (client_id, { project, client }) => pageOf(await project.fetch(client.authorizeUrl(pkcePair().challenge, { client_id }))),
  },
  request_uri: {
    endpoint: 'authorize',
    refusals: ['PAGE 400', 'RED invalid_request_uri'],
    put: async (request_uri, { project, client }) => {
      const response = await project.fetch(client.authorizeUrl(pkcePair().challenge, { request_uri }))
      return response.status === 302 ? redirectOf(response, REDIRECT_URI).kind : pageOf(response)
    },
  },
  'request at consent': { endpoint: 'consent', refusals: NO_ANSWER, put: (request, at) => answered(at, { form: { request } }) },
  'csrf at consent': { endpoint: 'consent', refusals: NO_ANSWER, put: (csrf, at) => answered(at, { form: { csrf } }) },
  'session cookie at consent': {
    endpoint: 'consent',
    refusals: NO_ANSWER,
    put: (value, at) => answered(at, { cookies: withCookie('session', value, at) }),
  },
  'browser cookie at consent': {
    endpoint: 'consent',
    refusals: NO_ANSWER,
    put: (value, at) => answered(at, { cookies: withCookie('browser', value, at) }),
  },
  'bearer at userinfo': {
    endpoint: 'userinfo',
    refusals: ['401 invalid_token'],
    put: async (value, { project }) => outcomeOf(await answerOf(await project.fetch('/api/oauth/userinfo', { headers: bearer(value) }))),
  },
} as const satisfies Record<string, Place>

export type PlaceName = keyof typeof PLACES
export const placeNames = Object.keys(PLACES) as PlaceName[]
