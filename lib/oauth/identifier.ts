import { randomBytes } from 'node:crypto'

/** The client that tokens minted by the project's own backend name when it names none (RFC 9068 requires the claim). */
export const BACKEND_CLIENT_ID = 'backend'

/** 128 random bits after a prefix that no user's id has. */
export const newClientId = (): string => `c_${randomBytes(16).toString('base64url')}`

/** 128 random bits: the `sub` of a user of a project's own pool, opaque and known to that project alone. */
export const newUserId = (): string => `user_${randomBytes(16).toString('base64url')}`

/** RFC 9068 §5: a client that acts for itself must not share a namespace with users. */
export const isClientId = (subject: string): boolean => /^c_[A-Za-z0-9_-]{22}$/.test(subject) || subject === BACKEND_CLIENT_ID
