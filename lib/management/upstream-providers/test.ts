import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProviderFault } from '#lib/end-user/upstream/fault.ts'
import { GITHUB_TOKEN_ENDPOINT } from '#lib/end-user/upstream/github.ts'
import { findProvider, type Provider } from '#lib/end-user/upstream/provider.ts'
import { requestTokens, type TokenEndpoint } from '#lib/end-user/upstream/token-request.ts'
import { env } from '#lib/env.ts'
import type { OutboundAnswer, OutboundQuestion } from '#lib/oauth/context.ts'
import { isJsonMediaType, jsonObjectOf } from '#lib/oauth/json-body.ts'
import { callbackUrl, discoveryUrl, type ProviderFlaw, parseProviderMetadata } from '#lib/oauth/provider-metadata.ts'
import { fetchPublic } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { type ManagementContext, notFound, requirePermission, tooManyRequests } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UpstreamProviderInput, upstreamProviderInput } from './inputs.ts'

/** One sentence for each thing that is wrong; none: people can sign in with it, as far as can be told without a person. */
export type ProviderTest = { readonly problems: readonly string[] }

const MAX_BYTES = 64 * 1024
/** It makes us call strangers. */
const tests = new RateLimiterMemory({ keyPrefix: 'provider-test', points: 30, duration: 300 })

/**
 * Asks the provider: for its discovery document, its keys, and whether it takes our client id and secret (with a code that it never gave).
 * Throws `forbidden`, `not_found`, `too_many_requests`.
 */
export async function testUpstreamProvider(ctx: ManagementContext, input: UpstreamProviderInput): Promise<ProviderTest> {
  requirePermission(ctx, 'project:write')
  const { id } = parseInput(upstreamProviderInput, input)
  const provider = await findProvider(ctx.project.id, id, 'any')
  if (!provider) throw notFound('Provider')
  await countTest(ctx.project.id)
  const redirectUri = callbackUrl(ctx.project.issuer, id)
  const problems = provider.preset === 'github' ? await githubProblems(provider, redirectUri) : await openIdProblems(provider, redirectUri)
  return { problems }
}

async function countTest(projectId: string): Promise<void> {
  try {
    await tests.consume(projectId)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw tooManyRequests(Math.ceil(refusal.msBeforeNext / 1000))
  }
}

async function githubProblems(provider: Provider, redirectUri: string): Promise<string[]> {
  const meta = await ask({ url: 'https://api.github.com/meta' })
  if (meta?.status !== 200) return ['GitHub does not answer us at https://api.github.com']
  return credentialProblems(GITHUB_TOKEN_ENDPOINT, provider, redirectUri)
}

async function openIdProblems(provider: Provider, redirectUri: string): Promise<string[]> {
  const { issuer } = provider
  const url = discoveryUrl(issuer)
  const answer = await ask({ url })
  if (!answer) return [`Nothing answers at ${url}`]
  if (answer.status !== 200) return [`${url} answers with status ${answer.status} instead of 200`]
  if (!isJsonMediaType(answer.mediaType)) return [`${url} answers with something that is not JSON`]
  const metadata = parseProviderMetadata(answer.body, issuer, mayFetch)
  if (typeof metadata === 'string') return [flawWords(metadata, answer.body)]
  const [keys, credentials] = await Promise.all([
    keyProblems(metadata.jwksUri),
    credentialProblems({ url: metadata.tokenEndpoint, secretIn: metadata.secretIn }, provider, redirectUri),
  ])
  return [...keys, ...credentials]
}

const FLAWS: Readonly<Record<Exclude<ProviderFlaw, 'issuer'>, string>> = {
  document: 'Its discovery document is not a JSON object',
  authorization_endpoint: 'Its discovery document names no authorization_endpoint by https',
  token_endpoint: 'Its discovery document names no token_endpoint by https',
  jwks_uri: 'Its discovery document names no jwks_uri by https',
  response_types_supported: 'It does not offer the authorization code flow (response_types_supported lacks code)',
  id_token_signing_alg_values_supported: 'It signs id_tokens with none of RS256, PS256, ES256 and EdDSA',
  token_endpoint_auth_methods_supported:
    'It takes no client secret (token_endpoint_auth_methods_supported lacks client_secret_post and client_secret_basic)',
}

function flawWords(flaw: ProviderFlaw, body: Uint8Array): string {
  if (flaw !== 'issuer') return FLAWS[flaw]
  const said = jsonObjectOf(body)
  const name = typeof said === 'string' ? undefined : said.issuer
  return typeof name === 'string' && name.length <= 500
    ? `It calls itself ${name}. Make a provider with exactly this issuer`
    : 'Its discovery document does not say its issuer'
}

async function keyProblems(jwksUri: string): Promise<string[]> {
  const answer = await ask({ url: jwksUri })
  const set = answer?.status === 200 ? jsonObjectOf(answer.body) : null
  const isSet = set !== null && typeof set !== 'string' && Array.isArray(set.keys) && set.keys.length > 0
  return isSet ? [] : [`There are no keys at ${jwksUri}`]
}

/** With a code that nobody has: the answer tells whether it is the code or we who are not welcome. Silent where it tells neither. */
async function credentialProblems(endpoint: TokenEndpoint, provider: Provider, redirectUri: string): Promise<string[]> {
  const code = 'test-of-the-client-secret'
  try {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: 'v'.repeat(43) }
    await requestTokens(endpoint, provider, grant, ask)
    return []
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    if (['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'].includes(error.why)) {
      return ['It does not take this client ID and client secret']
    }
    if (error.why === 'redirect_uri_mismatch') return [`It does not know the callback URL ${redirectUri}`]
    return error.kind === 'unreachable' ? [`Nothing answers at ${endpoint.url}`] : []
  }
}

const mayFetch = (url: string): boolean => isFetchable(url, { developmentLoopback: env().OUTBOUND_LOOPBACK === 'on' })

async function ask({ url, headers, form }: OutboundQuestion): Promise<OutboundAnswer | null> {
  const options = { maxBytes: MAX_BYTES, accept: 'application/json', ...(headers ? { headers } : {}), ...(form ? { form } : {}) }
  try {
    const { status, headers: said, body } = await fetchPublic(url, options)
    return { status, mediaType: said['content-type'], body }
  } catch (error) {
    if (error instanceof OutboundRefused) return null
    throw error
  }
}
