import { z } from 'zod'
import type { World } from '#lib/oauth/context.ts'
import { codeChallengeOf } from '#lib/oauth/pkce.ts'
import { faultSaid, ProviderFault } from './fault.ts'
import { type Profile, shownName, verifiedEmail } from './profile.ts'
import { GITHUB, type Provider } from './provider.ts'
import { requestTokens, type TokenEndpoint } from './token-request.ts'
import type { UpstreamWay } from './way.ts'

const API = 'https://api.github.com'
export const GITHUB_TOKEN_ENDPOINT: TokenEndpoint = { url: `${GITHUB}/login/oauth/access_token`, secretIn: 'form' }
/** Should it name itself (RFC 9207), then so. */
const NAMES_ITSELF = [GITHUB, `${GITHUB}/login/oauth`]

/** `GET /user`: the number stays, the login may be given to somebody else. */
const githubUser = z.object({ id: z.number().int().positive(), login: z.string(), name: z.string().nullish() })
/** `GET /user/emails`. */
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() })).max(1_000)

/** OAuth 2.0 and the user's own entry in the API: there is no id_token, and no need of one where the token came from GitHub itself. */
export function githubWay(provider: Provider, world: World): UpstreamWay {
  return {
    authorizationUrl: async ({ state, codeVerifier, redirectUri }, { loginHint, again, otherAccount }) => {
      const url = new URL(`${GITHUB}/login/oauth/authorize`)
      const parameters = {
        ...{ response_type: 'code', client_id: provider.clientId, redirect_uri: redirectUri, state },
        scope: [...new Set(`read:user user:email ${provider.scope}`.split(' ').filter(Boolean))].join(' '),
        ...{ code_challenge: codeChallengeOf(codeVerifier), code_challenge_method: 'S256' },
        ...(again || otherAccount ? { prompt: 'select_account' } : {}),
        ...(loginHint ? { login: loginHint } : {}),
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      return url.href
    },

    identify: async ({ code, iss, error }, { codeVerifier, redirectUri }) => {
      if (iss !== undefined && !NAMES_ITSELF.includes(iss)) throw new ProviderFault('nonsense', 'iss')
      if (error !== undefined) throw faultSaid(error)
      if (code === undefined) throw new ProviderFault('nonsense', 'code_missing')
      const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier }
      const tokens = await requestTokens(GITHUB_TOKEN_ENDPOINT, provider, grant, world.ask)
      const { id, login, name } = await read('/user', githubUser, tokens.accessToken, world)
      return { subject: String(id), tokens, profile: () => profileOf(name ?? login, tokens.accessToken, world) }
    },

    refresh: (refreshToken) =>
      requestTokens(GITHUB_TOKEN_ENDPOINT, provider, { grant_type: 'refresh_token', refresh_token: refreshToken }, world.ask),
  }
}

/** The address on the profile page is one that anybody may type there: only the list says which one is verified. */
async function profileOf(name: string, accessToken: string, world: World): Promise<Profile> {
  const emails = await read('/user/emails', githubEmails, accessToken, world)
  const primary = emails.find((each) => each.primary)
  return { email: verifiedEmail(primary?.email, primary?.verified), name: shownName(name) }
}

async function read<Schema extends z.ZodType>(path: string, schema: Schema, accessToken: string, world: World): Promise<z.output<Schema>> {
  const headers = { authorization: `Bearer ${accessToken}`, 'x-github-api-version': '2022-11-28' }
  const answer = await world.ask({ url: `${API}${path}`, headers })
  if (!answer || answer.status >= 500 || answer.status === 429) throw new ProviderFault('unreachable', 'api')
  const parsed = schema.safeParse(answer.status === 200 ? jsonOf(answer.body) : null)
  if (!parsed.success) throw new ProviderFault('nonsense', 'api')
  return parsed.data
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
