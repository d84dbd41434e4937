import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of a text, as 64 hex digits. For secrets of at least 256 random bits, which need no slow hash. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Compares two texts in a time that tells only their lengths. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
