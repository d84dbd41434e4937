import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const listed = {
  id: z.string().describe('The `sub` of tokens'),
  email: z.string().nullable().describe('Null: they came from a provider that verified none'),
  emailVerifiedAt: z.date().nullable(),
  name: z.string().nullable(),
  createdAt: z.date(),
  lastSignInAt: z.date().nullable(),
  disabledAt: z.date().nullable(),
  hasPassword: z.boolean(),
  passkeyCount: z.int(),
  identityCount: z.int().describe('Accounts elsewhere that they sign in with'),
  grantCount: z.int().describe('Living grants'),
}

export const listUsersOutput = z.object({ users: z.array(z.object(listed).meta({ id: 'User' })), nextCursor })

const passkey = z.object({
  name: z.string(),
  backedUp: z.boolean().describe('It is in a keychain that more than one device has'),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
})

export const getUserOutput = z
  .object({
    ...listed,
    canResetPassword: z.boolean(),
    attributes: z.record(z.string(), z.unknown()).describe('What custom claims are made of'),
    passkeys: z.array(passkey).readonly(),
    identities: z.array(z.object({ issuer: z.string(), subject: z.string(), createdAt: z.date() })).readonly(),
    sessions: z
      .array(z.object({ authTime: z.date(), createdAt: z.date(), expiresAt: z.date() }))
      .readonly()
      .describe('Living ones, the latest first, at most fifty'),
  })
  .meta({ id: 'UserDetails' })

export const createUserOutput = z.object({ id: z.string() })

const grantsEnded = z.int()

export const disableUserOutput = z.object({ grantsEnded })

const changed = z.int().describe('How many it was done for; the others were so already')

export const disableUsersOutput = z.object({ changed, grantsEnded })

export const enableUsersOutput = z.object({ changed })

export const signOutUserOutput = z.object({ sessionsEnded: z.int(), grantsEnded })
