import { z } from 'zod'
import { uuid } from '../fields.ts'
import { scopeName } from '../scopes/inputs.ts'

const claimRule = z.object({
  /** All of them; where a claim of the token is a list, one of its members. */
  claims: z
    .record(z.string().min(1).max(200), z.string().min(1, 'A value is needed').max(1000))
    .refine((claims) => Object.keys(claims).length > 0, 'At least one claim')
    .refine((claims) => Object.keys(claims).length <= 20, 'At most 20 claims'),
  scopes: z.array(scopeName).min(1, 'At least one scope').max(100),
})

const jwksUri = z.string().trim().max(2048)
/** A JSON Web Key Set, or its text. */
const jwks = z.union([z.string().max(16_384, 'At most 16 KB'), z.record(z.string(), z.unknown())])
/** `aud` of its tokens, where they are not made for this project: the client id at an identity provider. */
const audience = z.string().trim().min(1).max(1000)
const rules = z.array(claimRule).max(50, 'At most 50 rules')

export const listTrustedIssuersInput = z.object({})

export const createTrustedIssuerInput = z
  .object({
    kind: z.enum(['subject-token', 'id-jag', 'workload']),
    /** As its tokens say it: every character counts. */
    issuer: z
      .string()
      .max(500, 'At most 500 characters')
      .regex(/^(?:https?|spiffe):\/\/[\x21-\x7e]+$/, 'The URL that its tokens have as iss'),
    jwksUri: jwksUri.optional(),
    jwks: jwks.optional(),
    audience: audience.optional(),
    rules: rules.default([]),
    linkByEmail: z.boolean().default(false),
  })
  .refine(({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined), {
    path: ['jwksUri'],
    message: 'Either the keys or the URL where they are',
  })
  .refine(({ kind, issuer }) => kind === 'workload' || !issuer.startsWith('spiffe:'), {
    path: ['issuer'],
    message: 'An https URL',
  })
  .refine(({ kind, rules }) => kind !== 'workload' || rules.length > 0, {
    path: ['rules'],
    // Of a platform's issuer everybody may be a customer.
    message: 'At least one rule: without it every workload of this issuer could come',
  })
  .refine(({ kind, audience }) => kind === 'subject-token' || audience === undefined, {
    path: ['audience'],
    message: 'Assertions must name this project: the audience can be chosen for subject tokens only',
  })
  .refine(({ kind, linkByEmail }) => kind !== 'workload' || !linkByEmail, {
    path: ['linkByEmail'],
    message: 'A workload is nobody',
  })
export type CreateTrustedIssuerInput = z.input<typeof createTrustedIssuerInput>

/** What is not given stays. Keys replace the URL of keys, and the other way round. */
export const updateTrustedIssuerInput = z
  .object({
    id: uuid,
    jwksUri: jwksUri.optional(),
    jwks: jwks.optional(),
    /** null: the project's issuer URL. */
    audience: audience.nullable().optional(),
    rules: rules.optional(),
    linkByEmail: z.boolean().optional(),
  })
  .refine(({ jwks, jwksUri }) => jwks === undefined || jwksUri === undefined, {
    path: ['jwksUri'],
    message: 'Either the keys or the URL where they are',
  })
export type UpdateTrustedIssuerInput = z.input<typeof updateTrustedIssuerInput>

export const deleteTrustedIssuerInput = z.object({ id: uuid })
export type DeleteTrustedIssuerInput = z.input<typeof deleteTrustedIssuerInput>
