import { createHash, randomBytes } from 'node:crypto'
import { commandLineJson } from './command-line.ts'
import type { Project } from './project.ts'

/** A client as it knows itself. */
export type Client = { readonly client_id: string; readonly client_secret?: string | null }

export type Tokens = {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
  readonly issued_token_type?: string
}

/** Made by hand, public, for people to sign in with. */
export const createClient = ({ slug }: Project, redirectUri: string, name = 'Made by hand'): Promise<Client> =>
  commandLineJson(['client', 'create', '--project', slug, '--name', name, '--redirect-uri', redirectUri])

/** RFC 7591, with the registration secret of a guarded project or, with null, as anybody. */
export async function registerClient(
  { issuer, registration_secret }: Project,
  redirectUri: string,
  { name = 'Registered', secret = registration_secret, logoUri }: { name?: string; secret?: string | null; logoUri?: string } = {},
): Promise<Client> {
  const response = await fetch(`${issuer}/api/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret ? { authorization: `Bearer ${secret}` } : {}) },
    // What is undefined is left out.
    body: JSON.stringify({ client_name: name, redirect_uris: [redirectUri], token_endpoint_auth_method: 'none', logo_uri: logoUri }),
  })
  if (response.status !== 201) throw new Error(`registration answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** One authorization request (RFC 6749 §4.1.1, RFC 7636) and what is needed to redeem its code. */
export type Authorization = { readonly url: string; readonly verifier: string; readonly state: string; readonly redirectUri: string }

export function startAuthorization(
  { issuer }: { issuer: string },
  { client_id }: Client,
  redirectUri: string,
  more: Readonly<Record<string, string>> = {},
): Authorization {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })
  return { url: `${issuer}/oauth/authorize?${query}`, verifier, state, redirectUri }
}

export const redemption = ({ client_id }: Client, { verifier, redirectUri }: Authorization, code: string): URLSearchParams =>
  new URLSearchParams({ grant_type: 'authorization_code', client_id, code, redirect_uri: redirectUri, code_verifier: verifier })

export const refreshing = ({ client_id }: Client, refresh_token: string): URLSearchParams =>
  new URLSearchParams({ grant_type: 'refresh_token', client_id, refresh_token })

/** Throws unless the token endpoint answers 200. */
export async function requestTokens({ issuer }: { issuer: string }, body: URLSearchParams): Promise<Tokens> {
  const response = await fetch(`${issuer}/api/oauth/token`, { method: 'POST', body })
  if (response.status !== 200) throw new Error(`the token endpoint answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** RFC 7662, as the project's own server asks. */
export async function introspect(
  { issuer, server_secret }: Project,
  token: string,
): Promise<{ active: boolean; scope?: string; sub?: string }> {
  const response = await fetch(`${issuer}/api/oauth/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server_secret}` },
    body: new URLSearchParams({ token }),
  })
  if (response.status !== 200) throw new Error(`introspection answered ${response.status}`)
  return response.json()
}
