import type { ProviderPreset, World } from '#lib/oauth/context.ts'
import { jsonObjectOf } from '#lib/oauth/json-body.ts'
import { codeChallengeOf } from '#lib/oauth/pkce.ts'
import type { ProviderMetadata } from '#lib/oauth/provider-metadata.ts'
import { faultSaid, ProviderFault } from './fault.ts'
import { verifyIdToken } from './id-token.ts'
import { type Profile, shownName, verifiedEmail } from './profile.ts'
import type { Provider } from './provider.ts'
import { requestTokens } from './token-request.ts'
import type { Arrival, UpstreamWay, Wishes } from './way.ts'

/** How each is asked for a fresh sign-in (OpenID Connect Core §3.1.2.1; Google knows no `login`). */
const AGAIN: Readonly<Record<Exclude<ProviderPreset, 'github'>, string>> = {
  oidc: 'login',
  entra: 'login',
  okta: 'login',
  google: 'select_account',
}

/** What makes each give a refresh token. OpenID Connect Core §11 wants a consent with it; Entra and Okta give it without. */
const OFFLINE: Readonly<Record<Exclude<ProviderPreset, 'github'>, { scope?: string; prompt?: string; access_type?: string }>> = {
  oidc: { scope: 'offline_access', prompt: 'consent' },
  entra: { scope: 'offline_access' },
  okta: { scope: 'offline_access' },
  google: { access_type: 'offline', prompt: 'consent' },
}

/** OpenID Connect Core §3.1, by the provider's own discovery document. */
export function openIdWay(provider: Provider, world: World): UpstreamWay {
  const preset = provider.preset === 'github' ? 'oidc' : provider.preset
  const offline = provider.keepTokens ? OFFLINE[preset] : {}
  return {
    authorizationUrl: async ({ state, nonce, codeVerifier, redirectUri }, wishes) => {
      const { authorizationEndpoint } = await metadataOf(provider, world)
      const prompt = promptFor(wishes, AGAIN[preset], offline.prompt)
      const url = new URL(authorizationEndpoint)
      const parameters = {
        ...{ response_type: 'code', client_id: provider.clientId, redirect_uri: redirectUri },
        scope: scopeOf('openid email profile', provider.scope, offline.scope),
        ...{ state, nonce, code_challenge: codeChallengeOf(codeVerifier), code_challenge_method: 'S256' },
        ...(offline.access_type ? { access_type: offline.access_type } : {}),
        ...(prompt ? { prompt } : {}),
        ...(wishes.loginHint ? { login_hint: wishes.loginHint } : {}),
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      return url.href
    },

    identify: async (arrival, { nonce, codeVerifier, redirectUri }, now) => {
      const metadata = await metadataOf(provider, world)
      const code = codeIn(arrival, metadata)
      const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier }
      const tokens = await requestTokens(tokenEndpointOf(metadata), provider, grant, world.ask)
      if (tokens.idToken === null) throw new ProviderFault('nonsense', 'id_token_missing')
      const claims = await verifyIdToken(tokens.idToken, { ...metadata, clientId: provider.clientId, nonce }, now, world)
      return { subject: claims.sub, tokens, profile: () => profileOf(claims, tokens.accessToken, metadata, world) }
    },

    refresh: async (refreshToken) => {
      const endpoint = tokenEndpointOf(await metadataOf(provider, world))
      return requestTokens(endpoint, provider, { grant_type: 'refresh_token', refresh_token: refreshToken }, world.ask)
    },
  }
}

async function metadataOf({ issuer }: Provider, world: World): Promise<ProviderMetadata> {
  const metadata = await world.provider(issuer)
  if (metadata === 'unavailable') throw new ProviderFault('unreachable', 'discovery')
  if (metadata === 'invalid') throw new ProviderFault('nonsense', 'discovery')
  return metadata
}

const tokenEndpointOf = ({ tokenEndpoint, secretIn }: ProviderMetadata) => ({ url: tokenEndpoint, secretIn })

/** Who answers is checked before anything that the answer says (RFC 9207 §2.4): a code of another provider must not reach this one. */
function codeIn({ code, iss, error }: Arrival, { issuer, issParameter }: ProviderMetadata): string {
  if (iss === undefined ? issParameter : iss !== issuer) throw new ProviderFault('nonsense', 'iss')
  if (error !== undefined) throw faultSaid(error)
  if (code === undefined) throw new ProviderFault('nonsense', 'code_missing')
  return code
}

function promptFor({ again, otherAccount }: Wishes, forAgain: string, forOffline: string | undefined): string {
  const wanted = [again && forAgain, otherAccount && !again && 'select_account', forOffline]
  return wanted.filter(Boolean).join(' ')
}

const scopeOf = (...scopes: (string | undefined)[]): string =>
  [...new Set(scopes.flatMap((scope) => scope?.split(' ') ?? []).filter(Boolean))].join(' ')

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

/** From the id_token, or where that is silent from userinfo (§5.3), which must speak of the same person (§5.3.2). */
async function profileOf(claims: Claims, accessToken: string, { userinfoEndpoint }: ProviderMetadata, world: World): Promise<Profile> {
  const said = claims.email === undefined && userinfoEndpoint ? await userinfo(claims.sub, accessToken, userinfoEndpoint, world) : claims
  return { email: verifiedEmail(said.email, said.email_verified), name: shownName(said.name ?? claims.name) }
}

async function userinfo(subject: string, accessToken: string, url: string, world: World): Promise<Readonly<Record<string, unknown>>> {
  const answer = await world.ask({ url, headers: { authorization: `Bearer ${accessToken}` } })
  if (!answer || answer.status >= 500) throw new ProviderFault('unreachable', 'userinfo')
  const said = answer.status === 200 ? jsonObjectOf(answer.body) : 'refused'
  if (typeof said === 'string' || said.sub !== subject) throw new ProviderFault('nonsense', 'userinfo')
  return said
}
