import { z } from 'zod'

const publicJwk = z.object({
  kty: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.enum(['ES256', 'RS256']),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
})

const listedKey = z.object({
  kid: z.string(),
  purpose: z.enum(['access-token', 'id-token']).describe('`id-token` where OpenID Connect is or was on'),
  algorithm: z.enum(['ES256', 'RS256']),
  state: z
    .enum(['current', 'next', 'previous', 'revoked'])
    .describe('`next` is published before it signs, `current` signs, `previous` verifies until `expiresAt`, `revoked` is refused'),
  publicJwk: publicJwk,
  createdAt: z.date(),
  activatedAt: z.date().nullable(),
  retiredAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  rotatesAt: z
    .date()
    .nullable()
    .describe('Of the one that signs: when the timer rotates it, within some minutes. Null where that is done by hand'),
})

export const listKeysOutput = z.object({
  keys: z.array(listedKey).readonly(),
  nextCursor: z.null(),
  jwksUrl: z.string().describe('Where everybody reads the public halves'),
  keyRotationDays: z.int().nullable().describe('How long a key signs, in days; null: until somebody rotates it'),
})

export const rotateKeysOutput = z.union([
  z.object({ outcome: z.literal('rotated'), kid: z.string(), previousKid: z.string() }),
  z.object({ outcome: z.literal('prepared'), kid: z.string(), readyAt: z.date() }),
])

export const getKeyImpactOutput = z.object({ users: z.int(), clients: z.int(), grants: z.int() })
