import { randomBytes } from 'node:crypto'

/** Unlike every other word in the database. */
export const unique = (word: string): string => `${word}-${randomBytes(5).toString('hex')}`
