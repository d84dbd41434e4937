import { createHash } from 'node:crypto'
import { type ClientMetadata, type MetadataRules, metadataHashOf, parseDocumentMetadata, parseName } from './client-metadata.ts'
import { OAuthError } from './errors.ts'
import { jsonObjectOf } from './json-body.ts'
import { parseUrl } from './url.ts'

const MAX_URL_CHARACTERS = 2048

/** The most a document may have, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024

/**
 * draft-ietf-oauth-client-id-metadata-document §3: https, a path, nothing a parser would repair; no query, which would make one
 * document a million ids, and no port but 443. The raw text is judged, because it is the text that is compared ever after.
 * With `developmentLoopback` also http on `localhost` and 127.0.0.1, any port.
 */
export function isDocumentUrl(text: string, { developmentLoopback }: { developmentLoopback: boolean }): boolean {
  const [, origin, host, path] =
    /^(https:\/\/([a-z0-9.-]+)|http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?)(\/[\x21-\x7e]+)$/.exec(text) ?? []
  if (origin === undefined || path === undefined || text.length > MAX_URL_CHARACTERS) return false
  if (host === undefined && !developmentLoopback) return false
  if (/[?#\\<>"`{}|^]/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return false
  return parseUrl(text)?.href === text
}

/** Whose word a document is: the host that served it. */
export const documentHost = (clientId: string): string => new URL(clientId).hostname

/**
 * §4.1: a JSON object that says its own URL byte for byte, a name and redirect URIs. Throws `invalid_client_metadata` or
 * `invalid_redirect_uri` with a sentence for its author.
 */
export function parseClientDocument(body: Uint8Array, url: string, rules: MetadataRules): ClientMetadata {
  const sent = jsonObjectOf(body)
  if (typeof sent === 'string') throw refuse('The document must be a JSON object in UTF-8 without repeated members')
  // Else anybody could copy a document and be taken for its author.
  if (sent.client_id !== url) throw refuse('client_id must be the URL of the document, byte for byte')
  if (parseName(sent.client_name) === undefined) throw refuse('client_name is missing')
  return parseDocumentMetadata(sent, rules)
}

const refuse = (description: string): OAuthError => new OAuthError('invalid_client_metadata', description, { kind: 'metadata_refused' })

/** SHA-256, hex, over all that is kept of a document: a changed one is asked about again. */
export function documentHashOf(metadata: ClientMetadata): string {
  const { tokenEndpointAuthMethods, jwks, jwksUri, dpopBoundAccessTokens, applicationType } = metadata
  return createHash('sha256')
    .update(JSON.stringify([metadataHashOf(metadata), tokenEndpointAuthMethods, jwks, jwksUri, dpopBoundAccessTokens, applicationType]))
    .digest('hex')
}
