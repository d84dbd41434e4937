import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isCodeChallenge, verifyCodeVerifier } from './pkce.ts'

// RFC 7636 Appendix B
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

describe('a code challenge', () => {
  it('is 43 characters of base64url', () => expect(isCodeChallenge(CHALLENGE)).toBe(true))

  it.each([
    ['42 characters', CHALLENGE.slice(1)],
    ['44 characters', `${CHALLENGE}A`],
    ['129 characters', 'a'.repeat(129)],
    ['padding', `${CHALLENGE}=`],
    ['padding in its 43', `${CHALLENGE.slice(1)}=`],
    ['a plus', `${CHALLENGE.slice(1)}+`],
    ['a slash', `${CHALLENGE.slice(1)}/`],
    ['NUL', `${CHALLENGE.slice(1)}\0`],
    ['a newline at its end', `${CHALLENGE}\n`],
    ['nothing', ''],
  ])('P05 has no %s', (_, challenge) => expect(isCodeChallenge(challenge)).toBe(false))
})

describe('a code verifier', () => {
  it('proves the challenge that was made of it', () => expect(verifyCodeVerifier(VERIFIER, CHALLENGE)).toBe(true))

  it.each([43, 128])('may have %i characters', (length) => {
    expect(verifyCodeVerifier('~'.repeat(length), s256('~'.repeat(length)))).toBe(true)
  })

  it.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['a space', `${'a'.repeat(43)} `],
    ['a plus', `${'a'.repeat(43)}+`],
    ['NUL', `${'a'.repeat(43)}\0`],
    ['a newline at its end', `${'a'.repeat(43)}\n`],
    ['other than ASCII', 'ä'.repeat(43)],
    ['nothing', ''],
  ])('P08 with %s is refused though its digest is right', (_, verifier) => {
    expect(verifyCodeVerifier(verifier, s256(verifier))).toBe(false)
  })

  it('P06 that is missing is refused', () => expect(verifyCodeVerifier(undefined, CHALLENGE)).toBe(false))
  it('P07 that is wrong is refused', () => expect(verifyCodeVerifier(`${VERIFIER}A`, CHALLENGE)).toBe(false))
  it('P09 that repeats the challenge is refused: plain is not spoken', () => expect(verifyCodeVerifier(CHALLENGE, CHALLENGE)).toBe(false))
  it('P10 is refused for a code without a challenge', () => expect(verifyCodeVerifier(VERIFIER, '')).toBe(false))
  it('Z11 of 50 KB is refused', () => expect(verifyCodeVerifier('a'.repeat(50_000), CHALLENGE)).toBe(false))
})
