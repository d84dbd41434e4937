import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthClientInformationMixed, OAuthClientMetadata, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import { unique } from './unique.ts'

/** Keeps what the official client learns, and does nothing of OAuth itself. */
export class Store implements OAuthClientProvider {
  readonly redirectUrl: string
  readonly sentState = unique('state')
  client: OAuthClientInformationMixed | undefined
  held: OAuthTokens | undefined
  /** Where the client wanted its user to go, last. */
  wanted: URL | undefined
  #verifier = ''

  constructor(redirectUrl: string, client?: OAuthClientInformationMixed) {
    this.redirectUrl = redirectUrl
    this.client = client
  }

  get clientMetadata(): OAuthClientMetadata {
    return { client_name: 'Official client', redirect_uris: [this.redirectUrl], token_endpoint_auth_method: 'none' }
  }

  state = () => this.sentState
  clientInformation = () => this.client
  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.client = client
  }

  tokens = () => this.held
  saveTokens(tokens: OAuthTokens): void {
    this.held = tokens
  }

  redirectToAuthorization(url: URL): void {
    this.wanted = url
  }

  codeVerifier = () => this.#verifier
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier
  }
}

/** One connection to an MCP server. `fetch` is where a deployment may add what its network asks for. */
export function openTransport(serverUrl: string, store: Store, fetch?: typeof globalThis.fetch): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider: store, ...(fetch ? { fetch } : {}) })
}

/** The official client, connected and initialized. Throws the SDK's `UnauthorizedError` when a person has to sign in first. */
export async function connect(transport: StreamableHTTPClientTransport): Promise<Client> {
  const client = new Client({ name: 'gatehouse-e2e', version: '1.0.0' })
  // the SDK's types are not written for exactOptionalPropertyTypes
  await client.connect(transport as Parameters<typeof client.connect>[0])
  return client
}

/** The text a tool answered with. */
export async function callTool(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args })
  return (content as { text: string }[])[0]?.text ?? ''
}
