import { randomBytes } from 'node:crypto'
import { sha256Hex } from './hash.ts'

/** The client that tokens minted by the project's own backend name when it names none (RFC 9068 requires the claim). */
export const BACKEND_CLIENT_ID = 'backend'

/** 128 random bits after a prefix that no user's id has. */
export const newClientId = (): string => `c_${randomBytes(16).toString('base64url')}`

/** 128 random bits: the `sub` of a user of a project's own pool, opaque and known to that project alone. */
export const newUserId = (): string => `user_${randomBytes(16).toString('base64url')}`

const WORKLOAD_PREFIX = 'workload:'

/**
 * The `client_id` and `sub` of a workload: it has no registration, so this stands for who its own issuer says it is.
 * Always the same within a project, and of a form that no user's and no client's id may have.
 */
export const workloadId = (projectId: string, issuer: string, subject: string): string =>
  WORKLOAD_PREFIX + sha256Hex(JSON.stringify([projectId, issuer, subject]))

/** RFC 9068 §5: a client that acts for itself must not share a namespace with users. */
export const isClientId = (subject: string): boolean =>
  /^c_[A-Za-z0-9_-]{22}$/.test(subject) || subject === BACKEND_CLIENT_ID || subject.startsWith(WORKLOAD_PREFIX)

export const MAX_USER_ID_CHARACTERS = 255

/** Whether the customer's own backend may call somebody so, and that is then their `sub`. The database takes no NUL, a log no line of 64 KB. */
export const isUserId = (text: string): boolean => text.length <= MAX_USER_ID_CHARACTERS && !/[\p{Cc}\p{Cs}]/u.test(text)
