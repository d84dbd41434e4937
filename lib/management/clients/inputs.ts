import { z } from 'zod'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from '#lib/oauth/grant-type.ts'
import { clientId, displayName, keyCursor, listQuery, overlapHours, take } from '../fields.ts'

/** Grants by which a client acts on its own word: only for those that prove who they are (RFC 6749 §4.4, RFC 8693 §2.1). */
const CONFIDENTIAL_GRANTS: readonly string[] = ['client_credentials', TOKEN_EXCHANGE, JWT_BEARER]

/** Grants that a person allows. */
const PERSON_GRANTS: readonly string[] = ['authorization_code', DEVICE_CODE]

export const createClientInput = z
  .object({
    name: displayName,
    redirectUris: z.array(z.string().trim().min(1).max(2048, 'At most 2,048 characters')).max(20, 'At most 20 redirect URIs').default([]),
    tokenEndpointAuthMethod: z.enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
    /** For private_key_jwt, one of the two: a JSON Web Key Set as text, or where it is published. */
    jwks: z.string().trim().min(1).max(16_384, 'At most 16 KB').optional(),
    jwksUri: z.string().trim().min(1).max(2048, 'At most 2,048 characters').optional(),
    grantTypes: z
      .array(z.enum(['authorization_code', 'refresh_token', 'client_credentials', TOKEN_EXCHANGE, JWT_BEARER, DEVICE_CODE]))
      .min(1, 'At least one grant type')
      .default(['authorization_code', 'refresh_token'])
      .transform((grantTypes) => [...new Set(grantTypes)]),
    /** A ceiling, separated by blanks; absent: any scope of the project, also later ones. */
    scope: z.string().trim().max(4096).optional(),
    clientUri: z
      .url({ protocol: /^https$/, error: 'A full https URL' })
      .max(2048)
      .optional(),
  })
  .refine((client) => client.redirectUris.length > 0 || !client.grantTypes.includes('authorization_code'), {
    path: ['redirectUris'],
    message: 'At least one redirect URI is needed for the authorization code grant',
  })
  .refine(
    (client) => client.tokenEndpointAuthMethod !== 'none' || !client.grantTypes.some((grant) => CONFIDENTIAL_GRANTS.includes(grant)),
    {
      path: ['tokenEndpointAuthMethod'],
      message: 'Client credentials, token exchange and assertions need a client that proves who it is',
    },
  )
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
  .refine(({ grantTypes }) => !grantTypes.includes('refresh_token') || grantTypes.some((grant) => PERSON_GRANTS.includes(grant)), {
    path: ['grantTypes'],
    message: 'Refresh tokens come with a grant that somebody allows: by authorization code or on a device',
  })
export type CreateClientInput = z.input<typeof createClientInput>

export const listClientsInput = z.object({ cursor: keyCursor.optional(), take, query: listQuery.optional() })
export type ListClientsInput = z.input<typeof listClientsInput>

export const getClientInput = z.object({ clientId })
export type GetClientInput = z.input<typeof getClientInput>

export const revokeClientInput = z.object({ clientId })
export type RevokeClientInput = z.input<typeof revokeClientInput>

export const rotateClientSecretInput = z.object({ clientId, overlapHours })
export type RotateClientSecretInput = z.input<typeof rotateClientSecretInput>
