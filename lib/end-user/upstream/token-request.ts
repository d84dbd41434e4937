import { z } from 'zod'
import type { World } from '#lib/oauth/context.ts'
import { jsonObjectOf } from '#lib/oauth/json-body.ts'
import type { ProviderMetadata } from '#lib/oauth/provider-metadata.ts'
import { faultSaid, ProviderFault } from './fault.ts'
import type { Provider } from './provider.ts'

/** What a provider gave for a user of its own. */
export type ProviderTokens = {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly idToken: string | null
  /** Space-separated; null: as asked for (RFC 6749 §5.1). */
  readonly scope: string | null
  /** Null: the provider does not say. */
  readonly expiresInSeconds: number | null
}

/** RFC 6749 §5.1. Some providers send numbers as text. */
const tokenResponse = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().regex(/^bearer$/i),
  refresh_token: z.string().min(1).max(16_384).optional(),
  id_token: z.string().min(1).max(16_384).optional(),
  scope: z.string().max(4096).optional(),
  expires_in: z.coerce.number().int().min(0).max(315_360_000).optional(),
})

export type TokenEndpoint = { readonly url: string; readonly secretIn: ProviderMetadata['secretIn'] }

/** RFC 6749 §4.1.3 or §6 at somebody else's token endpoint: `grant` is the form without our credentials. Throws `ProviderFault`. */
export async function requestTokens(
  { url, secretIn }: TokenEndpoint,
  { clientId, clientSecret }: Pick<Provider, 'clientId' | 'clientSecret'>,
  grant: Readonly<Record<string, string>>,
  ask: World['ask'],
): Promise<ProviderTokens> {
  const answer = await ask({
    url,
    form: secretIn === 'form' ? { ...grant, client_id: clientId, client_secret: clientSecret } : grant,
    ...(secretIn === 'header' ? { headers: { authorization: basic(clientId, clientSecret) } } : {}),
  })
  if (!answer || answer.status >= 500 || answer.status === 429) throw new ProviderFault('unreachable', 'token_endpoint')
  const said = jsonObjectOf(answer.body)
  if (typeof said === 'string') throw new ProviderFault('nonsense', 'token_response')
  // GitHub says its errors with 200.
  if (said.error !== undefined) throw faultSaid(said.error)
  const parsed = tokenResponse.safeParse(said)
  if (answer.status !== 200 || !parsed.success) throw new ProviderFault('nonsense', 'token_response')
  const { access_token, refresh_token, id_token, scope, expires_in } = parsed.data
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    idToken: id_token ?? null,
    scope:
      scope
        ?.split(/[\s,]+/)
        .filter(Boolean)
        .join(' ') ?? null, // GitHub separates by commas
    expiresInSeconds: expires_in ?? null,
  }
}

/** RFC 6749 §2.3.1: both are form-encoded first. */
const basic = (clientId: string, clientSecret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
