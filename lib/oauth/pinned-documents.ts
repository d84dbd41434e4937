import { type ClientMetadata, parseDocumentMetadata } from './client-metadata.ts'
import type { World } from './context.ts'

/**
 * What vendors publish, for an installation whose network they turn away: their hosts have answered data centres with challenges
 * instead of documents for days. Only those whose redirect URIs are the same for everybody.
 */
const DOCUMENTS: Readonly<Record<string, Record<string, unknown>>> = {
  'https://claude.ai/oauth/mcp-oauth-client-metadata': {
    client_name: 'Claude',
    redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
    token_endpoint_auth_method: 'none',
  },
  'https://claude.ai/oauth/claude-code-client-metadata': {
    client_name: 'Claude Code',
    redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    token_endpoint_auth_method: 'none',
  },
  'https://chatgpt.com/oauth/client.json': {
    client_name: 'ChatGPT',
    redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
    jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
  },
  'https://vscode.dev/oauth/client-metadata.json': {
    client_name: 'Visual Studio Code',
    redirect_uris: ['http://127.0.0.1:33418/', 'http://127.0.0.1/', 'https://vscode.dev/redirect', 'https://insiders.vscode.dev/redirect'],
    application_type: 'native',
    token_endpoint_auth_method: 'none',
  },
}

export const pinnedUrls: readonly string[] = Object.keys(DOCUMENTS)

/** The copy that came with this version, the last resort; null for a URL that has none. */
export function pinnedDocument(url: string, { mayFetch }: Pick<World, 'mayFetch'>): ClientMetadata | null {
  const document = Object.hasOwn(DOCUMENTS, url) ? DOCUMENTS[url] : undefined
  return document ? parseDocumentMetadata(document, { privateUseSchemes: true, mayFetch }) : null
}
