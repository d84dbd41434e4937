import { randomInt } from 'node:crypto'

/** RFC 8628 §6.1: no vowels, so that it spells nothing; no digits, so that nothing looks like a letter. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8

/** Eight letters, 34 random bits: enough for ten minutes behind a limit on tries. */
export const randomUserCode = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** As people are shown it: XXXX-XXXX. */
export const shownUserCode = (userCode: string): string => `${userCode.slice(0, 4)}-${userCode.slice(4)}`

/** What somebody typed, in any case and with any punctuation (RFC 8628 §6.1); null for what is no user code. */
export function parseUserCode(typed: string): string | null {
  if (typed.length > 64) return null
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? letters : null
}
