import { decodeJwt } from 'jose'
import { approve, basic, bearer, connect, isActive, newCode, outcomeOf, pkcePair, postForm, redirectOf, register } from './oauth-client.ts'
import { JWT_BEARER_CLIENT, type PlaceName } from './places.ts'
import { REDIRECT_URI } from './target.ts'
import { newPending, type Tenant } from './tenant.ts'

export type Credential = {
  readonly value: string
  /** Whether it is still good for what it is for; may use it up. */
  readonly works: () => Promise<boolean>
}

/** What a project hands out, and where it belongs. */
export type Kind = { readonly belongs: readonly PlaceName[]; readonly make: (of: Tenant) => Promise<Credential> }

const cookieOf = ({ browser }: Tenant['pending'], kind: 'session' | 'browser'): string =>
  new RegExp(`gatehouse-${kind}-[^=]+=([^;]*)`).exec(browser.cookies())?.[1] ?? ''

/** One of the four things that an answer to the consent page takes together: session, browser, handle and CSRF token. */
const ofConsent =
  (valueIn: (pending: Tenant['pending']) => string | undefined) =>
  async (tenant: Tenant): Promise<Credential> => {
    const pending = await newPending(tenant)
    const works = async (): Promise<boolean> => {
      const answer = await pending.browser.post('/oauth/consent', { ...pending.form.fields, decision: 'allow', scope: 'read' })
      return redirectOf(answer, REDIRECT_URI).kind === 'RED code'
    }
    return { value: valueIn(pending) ?? '', works }
  }

const secretWorks =
  ({ project, machine }: Tenant) =>
  async (): Promise<boolean> =>
    (
      await postForm(
        project,
        '/api/oauth/token',
        { grant_type: 'client_credentials' },
        { headers: { authorization: basic(machine.clientId, machine.clientSecret ?? '') } },
      )
    ).status === 200

async function newDevice({ client, project }: Tenant) {
  const answer = await postForm(project, '/api/oauth/device_authorization', { client_id: client.clientId })
  return { deviceCode: String(answer.body.device_code), userCode: String(answer.body.user_code) }
}

export const KINDS: Readonly<Record<string, Kind>> = {
  'a code': {
    belongs: ['code'],
    make: async ({ project, client, user }) => {
      const { code, redeem } = await newCode(project, client, { user })
      return { value: code, works: async () => outcomeOf(await client.redeem(redeem)) === '200' }
    },
  },
  'a refresh token': {
    belongs: ['refresh_token', 'token to revoke'],
    make: async ({ project, client, user }) => {
      const { refresh } = await connect(project, client, { user })
      return { value: refresh, works: async () => outcomeOf(await client.refresh(refresh)) === '200' }
    },
  },
  'an access token': {
    belongs: ['subject_token', 'actor_token', 'token to introspect', 'token to revoke', 'bearer at userinfo'],
    make: async ({ project, client, user }) => {
      const { access } = await connect(project, client, { user })
      return { value: access, works: () => isActive(project, access) }
    },
  },
  'the jti of a token': {
    belongs: [],
    make: async ({ project, connected }) => ({
      value: String(decodeJwt(connected.access).jti),
      works: () => isActive(project, connected.access),
    }),
  },
  'the id of a client': {
    belongs: ['client_id at token', 'client_id at authorize', 'client_id at device_authorization'],
    make: async ({ project, client, user }) => ({
      value: client.clientId,
      works: async () => (await approve(project, client.authorizeUrl(pkcePair().challenge), { user })).searchParams.has('code'),
    }),
  },
  'a client secret': {
    belongs: ['client_secret in the header', 'client_secret in the form', 'client_secret at par'],
    make: async (tenant) => ({ value: tenant.machine.clientSecret ?? '', works: secretWorks(tenant) }),
  },
  'a client assertion': {
    belongs: ['client_assertion'],
    make: async ({ project, registered }) => {
      const client_assertion = await registered.assertion()
      const form = { grant_type: 'refresh_token', refresh_token: 'gate_rt_x', client_assertion, client_assertion_type: JWT_BEARER_CLIENT }
      // it says who asks, and then the made-up token is refused
      return {
        value: client_assertion,
        works: async () => outcomeOf(await postForm(project, '/api/oauth/token', form)) === '400 invalid_grant',
      }
    },
  },
  'a registration access token': {
    belongs: ['bearer at a registration'],
    make: async ({ project, registered }) => ({
      value: registered.accessToken,
      works: async () =>
        (await project.fetch(`/api/oauth/register/${registered.clientId}`, { headers: bearer(registered.accessToken) })).status === 200,
    }),
  },
  'a registration secret': {
    belongs: ['bearer at register'],
    make: async ({ project }) => ({
      value: project.registrationSecret,
      works: async () => (await register(project, { redirect_uris: [REDIRECT_URI] })).status === 201,
    }),
  },
  'a server secret': {
    belongs: ['bearer of an exchange', 'bearer at exchange', 'bearer at introspect'],
    make: async ({ project, connected }) => ({ value: project.serverSecret, works: () => isActive(project, connected.access) }),
  },
  'a session': {
    belongs: ['session cookie at consent'],
    make: ofConsent((pending) => cookieOf(pending, 'session')),
  },
  'a browser cookie': {
    belongs: ['browser cookie at consent'],
    make: ofConsent((pending) => cookieOf(pending, 'browser')),
  },
  'a request handle': {
    belongs: ['request at consent'],
    make: ofConsent(({ form }) => form.fields.request),
  },
  'a CSRF token': {
    belongs: ['csrf at consent'],
    make: ofConsent(({ form }) => form.fields.csrf),
  },
  'a pushed request': {
    belongs: ['request_uri'],
    make: async ({ project, client }) => {
      const good = {
        response_type: 'code',
        redirect_uri: REDIRECT_URI,
        code_challenge: pkcePair().challenge,
        code_challenge_method: 'S256',
      }
      const value = String((await client.push(good)).body.request_uri)
      return {
        value,
        works: async () => {
          const url = `${project.issuer}/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri: value })}`
          return (await project.fetch(url)).headers.get('location')?.startsWith(`${project.issuer}/sign-in`) === true
        },
      }
    },
  },
  'a device code': {
    belongs: ['device_code'],
    make: async (tenant) => {
      const { deviceCode } = await newDevice(tenant)
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode }
      return { value: deviceCode, works: async () => outcomeOf(await tenant.client.token(form)) === '400 authorization_pending' }
    },
  },
  'a user code': {
    belongs: ['user_code'],
    make: async (tenant) => {
      const { userCode } = await newDevice(tenant)
      return {
        value: userCode,
        works: async () => {
          const { headers } = await tenant.pending.browser.post('/oauth/device', { user_code: userCode })
          return headers.get('location')?.startsWith(`${tenant.project.issuer}/consent/`) === true
        },
      }
    },
  },
}
