import type { OAuthConfig } from 'next-auth/providers/oauth'
import { type Env, env } from '#lib/env.ts'
import type { ProviderId } from '#lib/management/account/inputs.ts'
import type { Claims } from './claims.ts'
import { githubPerson } from './github.ts'

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
