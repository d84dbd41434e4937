import { z } from 'zod'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from '#lib/oauth/grant-type.ts'
import { chosen, clientId, cursor, displayName, listQuery, overlapHours, take } from '../fields.ts'

/** Grants by which a client acts on its own word: only for those that prove who they are (RFC 6749 §4.4, RFC 8693 §2.1). */
const CONFIDENTIAL_GRANTS: readonly string[] = ['client_credentials', TOKEN_EXCHANGE, JWT_BEARER]

/** Grants that a person allows. */
const PERSON_GRANTS: readonly string[] = ['authorization_code', DEVICE_CODE]

const redirectUris = z.array(z.string().trim().min(1).max(2048, 'At most 2,048 characters')).max(20, 'At most 20 redirect URIs')

const grantTypes = z
  .array(z.enum(['authorization_code', 'refresh_token', 'client_credentials', TOKEN_EXCHANGE, JWT_BEARER, DEVICE_CODE]))
  .min(1, 'At least one grant type')
  .transform((grantTypes) => [...new Set(grantTypes)])

const clientUri = z.url({ protocol: /^https$/, error: 'A full https URL' }).max(2048)

const logoUri = z.string().trim().min(1).max(2048, 'At most 2,048 characters')

/** As much of a client as the rules below tell. */
type Ruled = {
  readonly redirectUris: readonly string[]
  readonly grantTypes: readonly string[]
  readonly tokenEndpointAuthMethod: string
}

/** What holds between fields: asked of a new client, and of one as it is after a change. */
const RULES: readonly { readonly path: keyof Ruled; readonly message: string; readonly holds: (client: Ruled) => boolean }[] = [
  {
    path: 'redirectUris',
    message: 'At least one redirect URI is needed for the authorization code grant',
    holds: (client) => client.redirectUris.length > 0 || !client.grantTypes.includes('authorization_code'),
  },
  {
    path: 'tokenEndpointAuthMethod',
    message: 'Client credentials, token exchange and assertions need a client that proves who it is',
    holds: (client) => client.tokenEndpointAuthMethod !== 'none' || !client.grantTypes.some((grant) => CONFIDENTIAL_GRANTS.includes(grant)),
  },
  {
    path: 'grantTypes',
    message: 'Refresh tokens come with a grant that somebody allows: by authorization code or on a device',
    holds: ({ grantTypes }) => !grantTypes.includes('refresh_token') || grantTypes.some((grant) => PERSON_GRANTS.includes(grant)),
  },
]

/** One sentence per field that breaks a rule. */
export const brokenRulesOf = (client: Ruled): Record<string, string> =>
  Object.fromEntries(RULES.filter(({ holds }) => !holds(client)).map(({ path, message }) => [path, message]))

export const createClientInput = z
  .object({
    name: displayName,
    redirectUris: redirectUris.default([]),
    tokenEndpointAuthMethod: z.enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
    /** For private_key_jwt, one of the two: a JSON Web Key Set as text, or where it is published. */
    jwks: z.string().trim().min(1).max(16_384, 'At most 16 KB').optional(),
    jwksUri: z.string().trim().min(1).max(2048, 'At most 2,048 characters').optional(),
    grantTypes: grantTypes.default(['authorization_code', 'refresh_token']),
    /** A ceiling, separated by blanks; absent: any scope of the project, also later ones. */
    scope: z.string().trim().max(4096).optional(),
    clientUri: clientUri.optional(),
    logoUri: logoUri.optional(),
  })
  .check((check) => {
    for (const [path, message] of Object.entries(brokenRulesOf(check.value)))
      check.issues.push({ code: 'custom', path: [path], message, input: check.value })
  })
  .refine(
    (client) => (client.tokenEndpointAuthMethod === 'private_key_jwt') === (client.jwks !== undefined || client.jwksUri !== undefined),
    {
      path: ['jwks'],
      message: 'Public keys are needed for private_key_jwt, and for nothing else',
    },
  )
  .refine((client) => client.jwks === undefined || client.jwksUri === undefined, {
    path: ['jwksUri'],
    message: 'Either keys or the URL of keys',
  })
export type CreateClientInput = z.input<typeof createClientInput>

/** What is given changes, the rest stays. */
export const updateClientInput = z.object({
  clientId,
  name: displayName.optional(),
  redirectUris: redirectUris.optional(),
  grantTypes: grantTypes.optional(),
  /** A ceiling, separated by blanks; null or empty: any scope of the project, also later ones. */
  scope: z.string().trim().max(4096).nullable().optional(),
  /** Null: none. */
  clientUri: clientUri.nullable().optional(),
  /** Null: none. */
  logoUri: logoUri.nullable().optional(),
})
export type UpdateClientInput = z.input<typeof updateClientInput>

const CLIENT_SORTS = ['name', '-name', 'createdAt', '-createdAt', 'lastUsedAt', '-lastUsedAt'] as const
export type ClientSort = (typeof CLIENT_SORTS)[number]

export const listClientsInput = z.object({
  query: listQuery.optional(),
  origin: z.enum(['manual', 'registered-with-secret', 'registered-openly', 'document']).optional(),
  status: z.enum(['active', 'unused', 'blocked', 'deleted']).optional(),
  sort: z.enum(CLIENT_SORTS).default('-createdAt'),
  cursor: cursor.optional(),
  take,
})
export type ListClientsInput = z.input<typeof listClientsInput>

/** Of what is done with one client and needs no more words. */
export const clientInput = z.object({ clientId })
export type ClientInput = z.input<typeof clientInput>

/** For blocking, unblocking and deleting many. */
export const clientsInput = z.object({ clientIds: chosen(clientId) })
export type ClientsInput = z.input<typeof clientsInput>

export const rotateClientSecretInput = z.object({ clientId, overlapHours })
export type RotateClientSecretInput = z.input<typeof rotateClientSecretInput>
