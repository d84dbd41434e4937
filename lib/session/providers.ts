import type { Profile } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { parseEmailAddress } from '#lib/email-address.ts'
import { type Env, env } from '#lib/env.ts'
import type { ProviderProfile } from '#lib/management/account/identity.ts'
import type { ProviderId } from '#lib/management/account/inputs.ts'
import { githubPerson } from './github.ts'

/** OpenID Connect Core §5.1, as far as it concerns us; GitHub's API is made to say the same. Said by a stranger: of any type. */
export type Claims = Profile & { readonly sub: string; readonly email_verified?: unknown; readonly preferred_username?: unknown }

/** A way to sign in that the operator set up. */
export type OfferedProvider = { readonly id: ProviderId; readonly name: string }

/** In the order of their buttons. */
export const offeredProviders = (): OfferedProvider[] => configured().map(({ id, name }) => ({ id: id as ProviderId, name }))

/** Every check that the provider can bear: state and PKCE always, a nonce where there is an id_token. */
export function configured(): OAuthConfig<Claims>[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env()
  return [
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? [github(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)] : []),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [openid('google', 'Google', 'https://accounts.google.com', GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET)]
      : []),
    ...ownProvider(env()),
  ]
}

function ownProvider({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME }: Env): OAuthConfig<Claims>[] {
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return []
  return [openid('oidc', OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)]
}

const openid = (id: ProviderId, name: string, issuer: string, clientId: string, clientSecret: string): OAuthConfig<Claims> => ({
  ...{ id, name, type: 'oauth', clientId, clientSecret, idToken: true, checks: ['pkce', 'state', 'nonce'] },
  wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  authorization: { params: { scope: 'openid email profile' } },
  // Few put into the id_token what they tell when asked; who it is, the id_token says alone.
  userinfo: {
    request: async ({ tokens, client }) => {
      const given = tokens as typeof tokens & Parameters<typeof client.userinfo>[0] & { claims(): Claims } // their type hides it
      return client.issuer.metadata.userinfo_endpoint ? client.userinfo(given) : given.claims()
    },
  },
  profile: ({ sub }) => ({ id: sub }),
})

const GITHUB = 'https://github.com'

const github = (clientId: string, clientSecret: string): OAuthConfig<Claims> => ({
  ...{ id: 'github', name: 'GitHub', type: 'oauth', clientId, clientSecret, checks: ['pkce', 'state'] },
  issuer: `${GITHUB}/login/oauth`,
  authorization: { url: `${GITHUB}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
  token: `${GITHUB}/login/oauth/access_token`,
  userinfo: { url: 'https://api.github.com/user', request: ({ tokens }) => githubPerson(tokens.access_token ?? '') },
  profile: ({ sub }) => ({ id: sub }),
})

const MAX_NAME = 80
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu

/**
 * What we take of a provider's word. A company's own provider often does not say whether it verified an address: then an account may be
 * made with it, and the address is confirmed by mail. One that it says is not verified is none.
 */
export function profileFrom(provider: ProviderId, claims: Claims): ProviderProfile {
  const { sub, email, email_verified, name, preferred_username } = claims
  const unsaid = email_verified === undefined && provider === 'oidc'
  const isVerified = email_verified === true || email_verified === 'true'
  const address = typeof email === 'string' && (isVerified || unsaid) ? parseEmailAddress(email) : null
  const login = shown(preferred_username)
  return {
    provider,
    // Another provider set up in its place numbers its people anew.
    subject: provider === 'oidc' ? `${env().OIDC_ISSUER} ${sub}` : sub,
    email: address,
    emailVerified: isVerified,
    name: shown(name) ?? login ?? address?.split('@')[0] ?? 'Member',
    label: login ?? address ?? sub.slice(0, MAX_NAME),
  }
}

/** One line, nothing invisible; null for nothing. */
function shown(said: unknown): string | null {
  if (typeof said !== 'string') return null
  return [...said.replace(INVISIBLE, ' ').trim()].slice(0, MAX_NAME).join('') || null
}
