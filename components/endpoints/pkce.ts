/** RFC 7636 §4: a verifier of 32 random bytes and its S256 challenge. Null where a browser has no cryptography: on http, but for localhost. */
export async function newPkce(): Promise<{ verifier: string; challenge: string } | null> {
  if (!window.isSecureContext) return null
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64url(new Uint8Array(digest)) }
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
