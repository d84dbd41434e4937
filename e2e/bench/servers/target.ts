import { createHash } from 'node:crypto'

export const SERVERS = ['ours', 'floor', 'oidc-provider'] as const
export type ServerName = (typeof SERVERS)[number]

/** What every server is given, so that all of them answer the same requests. */
export const REDIRECT_URI = 'https://client.example/callback'
export const RESOURCE = 'https://mcp.example/mcp'
export const SCOPE = 'read write'
export const CODE_VERIFIER = 'v'.repeat(43)
export const CODE_CHALLENGE = createHash('sha256').update(CODE_VERIFIER).digest('base64url')
export const POOL_SIZE = 10

/** RFC 7591 metadata of a public client, as MCP clients send it. */
export const PUBLIC_CLIENT = {
  client_name: 'Bench',
  redirect_uris: [REDIRECT_URI],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
}

/** What a server tells about itself once it is ready. */
export type Offer = {
  readonly paths: Readonly<Record<'metadata' | 'jwks' | 'register' | 'token' | 'introspect' | 'revoke', string>>
  /** The `Authorization` header that its registration endpoint asks for. */
  readonly registration: string
  /** Of a confidential client that may use client_credentials. */
  readonly confidential: string
  /** Who introspects. */
  readonly introspector: string
  readonly publicClientId: string
  /** An access token that stays live and that its introspection endpoint knows. */
  readonly liveToken: string
}

/** One server under test, ready to be asked. */
export type Target = Offer & {
  readonly name: ServerName
  readonly pid: number
  readonly port: number
  readonly database: string
  /** Unspent codes of the public client, bound to CODE_CHALLENGE, good for ten minutes. */
  mintCodes(count: number): Promise<string[]>
  stop(): Promise<void>
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
export const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
export const bearer = (token: string): string => `Bearer ${token}`

/** Cuts work into pieces, so that a few thousand rows neither make one giant statement nor wait for each other. */
export async function inBatches(count: number, size: number, work: (from: number, to: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += size) await work(from, Math.min(count, from + size))
}
