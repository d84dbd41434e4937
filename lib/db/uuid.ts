import { randomInt, randomUUID } from 'node:crypto'

let lastMilliseconds = 0
let sequence = 0

/**
 * A time-ordered id (RFC 9562 §5.7), made here because not every PostgreSQL can, ascending within this process even
 * when its clock stands still or goes back. For keys of rows that are listed by time: it is guessable, never a secret.
 */
export function uuidv7(): string {
  const now = Date.now()
  if (now > lastMilliseconds) {
    lastMilliseconds = now
    sequence = randomInt(0x800)
  } else if (++sequence > 0xfff) {
    lastMilliseconds++
    sequence = 0
  }
  const time = lastMilliseconds.toString(16).padStart(12, '0')
  // The tail of a version 4 UUID: the variant and 62 random bits.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`
}
