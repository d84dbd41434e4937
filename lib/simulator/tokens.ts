import type { Authorized } from './authorization.ts'
import { requireFilled } from './discovery.ts'
import type { ClientIdentity, Metadata, Run } from './run.ts'
import type { Step } from './trace.ts'
import { type Answer, listOf, scopesIn, textOf } from './wire.ts'

export type Tokens = { readonly access: string; readonly refresh: string; readonly scope: readonly string[] }

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A client that knows where to ask and how to prove itself. */
export type Speaker = {
  redeem(authorized: Authorized): Promise<Tokens>
  refresh(tokens: Tokens, authorized: Authorized): Promise<Tokens>
  /** RFC 7009; and then the refresh token must be dead in exactly the words on which clients sign in again. */
  revoke(tokens: Tokens): Promise<void>
}

export function speakerFor(metadata: Metadata, client: ClientIdentity, run: Run): Speaker {
  const { profile, wire } = run
  const habits = profile.token
  const post = async (step: Step, endpoint: string, form: Readonly<Record<string, string>>): Promise<Answer> => {
    const { headers, fields } = await credentials(client, metadata, run)
    const body = new URLSearchParams({ ...form, ...fields }).toString()
    return wire.ask(step, endpoint, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body })
  }
  const ask = (step: Step, form: Readonly<Record<string, string>>) => post(step, textOf(metadata, 'token_endpoint') ?? '', form)
  const resourceOf = ({ resource }: Authorized) => (habits.resource && resource !== null ? { resource } : {})

  return {
    redeem: async (authorized) => {
      const { code, verifier } = authorized
      const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: run.redirectUri }
      const tokens = tokensIn(await ask('token', { ...grant, ...resourceOf(authorized) }), null, run)
      wire.judge(`tokens for ${tokens.scope.join(' ')}`)
      return tokens
    },

    refresh: async (before, authorized) => {
      const scope = refreshScope(before.scope, habits.refresh.scope)
      const form = { grant_type: 'refresh_token', refresh_token: before.refresh, ...(scope ? { scope } : {}), ...resourceOf(authorized) }
      const answers = await Promise.all(Array.from({ length: habits.refresh.atOnce }, () => ask('refresh', form)))
      const all = answers.map((answer) => tokensIn(answer, before, run))
      wire.require(new Set(all.map(({ refresh }) => refresh)).size === 1, 'refreshes at once led to different refresh tokens')
      wire.judge(habits.refresh.atOnce > 1 ? `${habits.refresh.atOnce} refreshes at once, one successor` : 'renewed')
      return all[0] ?? before
    },

    revoke: async (tokens) => {
      const { status } = await post('revoke', textOf(metadata, 'revocation_endpoint') ?? '', {
        token: tokens.refresh,
        token_type_hint: 'refresh_token',
      })
      wire.require(status === 200, 'the refresh token could not be revoked')
      wire.judge('disconnected')
      const dead = await ask('refresh', { grant_type: 'refresh_token', refresh_token: tokens.refresh })
      wire.require(dead.status === 400 && dead.members.error === 'invalid_grant', 'a dead refresh token is not 400 invalid_grant')
      wire.judge('a dead refresh token is invalid_grant')
    },
  }
}

function refreshScope(granted: readonly string[], habit: 'never' | 'granted' | 'granted-and-offline-access'): string | null {
  if (habit === 'never') return null
  return habit === 'granted' ? granted.join(' ') : [...new Set([...granted, 'offline_access'])].join(' ')
}

/** RFC 6749 §5.1, and what this client cannot do without. `before`: what it keeps when a refresh brings no other. */
function tokensIn({ status, members, isJson, headers }: Answer, before: Tokens | null, run: Run): Tokens {
  const { profile, wire } = run
  wire.require(status === 200 && isJson, `the token endpoint answered ${status} ${members.error}: ${members.error_description}`)
  requireFilled(members, run)
  wire.require(/no-store/.test(headers.get('cache-control') ?? ''), 'the tokens may be cached')
  const access = wire.need(textOf(members, 'access_token'), 'there is no access_token')
  const type = textOf(members, 'token_type')
  const isBearer = profile.token.tokenType === 'lower-case' ? type === 'bearer' : type?.toLowerCase() === 'bearer'
  wire.require(isBearer, `token_type is ${type}`)
  for (const name of profile.token.requires) {
    const value = members[name]
    wire.require(
      name === 'expires_in' ? typeof value === 'number' && value > 300 : typeof value === 'string' && value !== '',
      `${name} is missing`,
    )
  }
  const refresh = wire.need(textOf(members, 'refresh_token') ?? before?.refresh, 'there is no refresh_token')
  return { access, refresh, scope: scopesIn(textOf(members, 'scope') ?? before?.scope.join(' ')) }
}

type Proof = { readonly headers: Readonly<Record<string, string>>; readonly fields: Readonly<Record<string, string>> }

/** RFC 6749 §2.3.1, RFC 7523 §2.2, as this client does it. */
async function credentials(client: ClientIdentity, metadata: Metadata, { profile }: Run): Promise<Proof> {
  const { clientId, clientSecret } = client
  const { basic, clientIdInBody } = profile.token
  if (profile.token.method === 'private_key_jwt' && client.prove) {
    // Addressed to the token endpoint wherever it is sent.
    const assertion = await client.prove(textOf(metadata, 'token_endpoint') ?? '')
    return { headers: {}, fields: { client_id: clientId, client_assertion_type: JWT_BEARER, client_assertion: assertion } }
  }
  switch (methodOf(client, listOf(metadata, 'token_endpoint_auth_methods_supported'), profile.token.method)) {
    case 'client_secret_basic': {
      const spell = basic === 'raw' ? String : encodeURIComponent
      const pair = Buffer.from(`${spell(clientId)}:${spell(clientSecret ?? '')}`).toString('base64')
      return { headers: { authorization: `Basic ${pair}` }, fields: clientIdInBody ? { client_id: clientId } : {} }
    }
    case 'client_secret_post':
      return { headers: {}, fields: { client_id: clientId, client_secret: clientSecret ?? '' } }
    default:
      return { headers: {}, fields: { client_id: clientId } }
  }
}

function methodOf(
  { method, clientSecret }: ClientIdentity,
  supported: readonly string[],
  habit: 'as-registered' | 'strongest' | 'private_key_jwt',
): string {
  if (clientSecret === null) return 'none'
  if (habit === 'as-registered' && supported.includes(method)) return method
  return ['client_secret_basic', 'client_secret_post'].find((one) => supported.includes(one)) ?? 'client_secret_basic'
}
