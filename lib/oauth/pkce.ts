import { createHash } from 'node:crypto'
import { equalInConstantTime } from './hash.ts'

/** RFC 7636 §4.2: an S256 challenge is 32 bytes in base64url, so always 43 characters. */
export const isCodeChallenge = (challenge: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(challenge)

/** RFC 7636 §4.1 and §4.6. False for a missing or malformed verifier, so that the caller has one answer for all. */
export function verifyCodeVerifier(verifier: string | undefined, challenge: string): boolean {
  if (!verifier || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  return equalInConstantTime(codeChallengeOf(verifier), challenge)
}

/** RFC 7636 §4.2, S256. */
export const codeChallengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
