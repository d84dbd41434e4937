import type { OAuthClient } from '../oauth-client.ts'
import type { Target, TestProject, TestUser } from '../target.ts'
import type { Ledger } from './ledger.ts'

/** Seconds. What a new project promises. */
export const CODE_LIVES = 60
export const GRACE = 60
export const IDLE = 30 * 86_400
export const ABSOLUTE = 90 * 86_400

/** RFC 8693, in the words of a client that has only read the documents. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'
export const USER_ID_TYPE = 'urn:gatehouse:params:oauth:token-type:user-id'

export const SCOPES = ['read', 'write', 'admin'] as const
export const DEFAULT_SCOPES = ['read', 'write'] as const
export const OFFLINE = 'offline_access'

/** Fewer than a limiter takes: a model of limits would be a second limiter. */
const MOST_REFUSALS = 12

export type Client = {
  /** How it speaks: with the secret it has now. */
  oauth: OAuthClient
  readonly mayExchange: boolean
  readonly ceiling: readonly string[] | null
  revoked: boolean
  /** Failed authentications. */
  refusals: number
}
export type Person = { readonly user: TestUser; disabled: boolean }
export type Grant = {
  readonly id: string
  readonly client: Client
  readonly person: Person
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
  over: boolean
}
export type Code = { readonly value: string; readonly verifier: string; readonly grant: Grant; readonly madeAt: number; redeemed: boolean }
export type Family = {
  readonly grant: Grant
  /** Every one that was handed out, the first first. */
  readonly tokens: string[]
  readonly madeAt: number
  rotatedAt: number
}
export type AccessToken = {
  readonly value: string
  /** Null where no grant stands behind it. */
  readonly grant: Grant | null
  /** Null: the project's own backend. */
  readonly client: Client | null
  /** Null: a user of the customer's own. */
  readonly person: Person | null
  readonly subject: string
  readonly scopes: readonly string[]
  readonly audiences: readonly string[]
  readonly expiresAt: number
  revoked: boolean
  /** What introspection said last. */
  seenActive: boolean
}

/** What must be true of a project: kept in the words of its promises, by somebody who has not seen a table of it. */
export type Model = {
  /** Seconds that were let pass. */
  now: number
  readonly clients: Client[]
  readonly people: Person[]
  readonly grants: Grant[]
  readonly codes: Code[]
  readonly families: Family[]
  readonly tokens: AccessToken[]
  resources: readonly string[]
  suspended: boolean
  tokenExchange: boolean
  /** Credentials that were shown where they do not belong: each is noted once. */
  readonly noted: Set<string>
  readonly ledger: Ledger
  /** The same of the other project, where nothing but notes may appear. */
  readonly elsewhere: Ledger
}

/** The project that the model is about, and another one. */
export type Real = {
  readonly target: Target
  readonly project: TestProject
  serverSecret: string
  readonly other: TestProject
  readonly stranger: OAuthClient
}

export const grantLives = ({ over, client, person }: Grant): boolean => !over && !client.revoked && !person.disabled

/** Past its time, or so near that a slow machine decides: then nothing is asked. */
export type Age = 'young' | 'uncertain' | 'old'
export const ageOf = (since: number, limit: number, now: number): Age => {
  const age = now - since
  if (age >= limit) return 'old'
  return age < limit - 20 ? 'young' : 'uncertain'
}

export const familyExpired = ({ rotatedAt, madeAt }: Family, now: number): boolean => now >= rotatedAt + IDLE || now >= madeAt + ABSOLUTE

export function tokenLives({ revoked, grant, client, person, expiresAt }: AccessToken, now: number): boolean {
  return !revoked && expiresAt > now && !client?.revoked && !person?.disabled && (grant === null || grantLives(grant))
}

/** What was not granted: another resource of the project where there is one, which is harder to refuse than a stranger's. */
export const foreignTo = (granted: readonly string[], { resources }: Model): string =>
  resources.find((resource) => !granted.includes(resource)) ?? 'https://evil.test/mcp'

export const maySpeak = (client: Client): boolean => !client.revoked || client.refusals < MOST_REFUSALS

export function pick<T>(list: readonly T[], choice: number): T {
  const one = list[choice % list.length]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
