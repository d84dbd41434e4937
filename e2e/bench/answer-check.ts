import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { RESOURCE, type Target } from './servers/target.ts'

/** The content check of samples: it throws with what came instead. */
export function expect(holds: boolean, what: string, body: string): void {
  if (!holds) throw new Error(`${what}: ${body.slice(0, 500)}`)
}

const keys = new Map<Target, Promise<ReturnType<typeof createLocalJWKSet>>>()
async function fetchKeys(target: Target): Promise<ReturnType<typeof createLocalJWKSet>> {
  const response = await fetch(`http://127.0.0.1:${target.port}${target.paths.jwks}`)
  return createLocalJWKSet((await response.json()) as JSONWebKeySet)
}
const keysOf = (target: Target): Promise<ReturnType<typeof createLocalJWKSet>> => {
  const known = keys.get(target) ?? fetchKeys(target)
  keys.set(target, known)
  return known
}

export async function checkAccessToken(body: string, target: Target): Promise<void> {
  const { access_token, token_type, expires_in } = JSON.parse(body)
  expect(String(token_type).toLowerCase() === 'bearer' && expires_in > 3000, 'not a token response', body)
  await jwtVerify(access_token, await keysOf(target), { audience: RESOURCE, typ: 'at+jwt', algorithms: ['ES256'], clockTolerance: 5 })
}

export async function checkBothTokens(body: string, target: Target): Promise<void> {
  expect(JSON.parse(body).refresh_token?.length > 30, 'no refresh token', body)
  await checkAccessToken(body, target)
}
