import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import type { OAuthClientInformationMixed, OAuthClientMetadata, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'

/** What the SDK asks a client to keep, in memory. Everything else about OAuth is the SDK's own. */
export class MemoryProvider implements OAuthClientProvider {
  readonly redirectUrl: string
  readonly #open: (url: URL) => void
  #information: OAuthClientInformationMixed | undefined
  #tokens: OAuthTokens | undefined
  #verifier = ''

  constructor(redirectUrl: string, open: (url: URL) => void, clientId?: string) {
    this.redirectUrl = redirectUrl
    this.#open = open
    this.#information = clientId ? { client_id: clientId } : undefined
  }

  get clientMetadata(): OAuthClientMetadata {
    return { client_name: 'Sample client', redirect_uris: [this.redirectUrl], token_endpoint_auth_method: 'none' }
  }

  clientInformation = () => this.#information
  tokens = () => this.#tokens
  codeVerifier = () => this.#verifier

  saveClientInformation(information: OAuthClientInformationMixed): void {
    this.#information = information
  }

  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier
  }

  redirectToAuthorization(url: URL): void {
    this.#open(url)
  }
}

/** A fetch that shows the registration secret to registration endpoints, and to nobody else. */
export function withRegistrationSecret(secret: string | undefined): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!secret || !url.endsWith('/api/oauth/register')) return fetch(input, init)
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${secret}`)
    return fetch(input, { ...init, headers })
  }
}
