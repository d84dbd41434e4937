import { z } from 'zod'
import { clientId, displayName, keyCursor, listQuery, overlapHours, take } from '../fields.ts'

export const createClientInput = z
  .object({
    name: displayName,
    redirectUris: z.array(z.string().trim().min(1).max(2048, 'At most 2,048 characters')).max(20, 'At most 20 redirect URIs').default([]),
    tokenEndpointAuthMethod: z.enum(['none', 'client_secret_basic', 'client_secret_post']),
    grantTypes: z
      .array(z.enum(['authorization_code', 'refresh_token', 'client_credentials']))
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
  .refine((client) => client.tokenEndpointAuthMethod !== 'none' || !client.grantTypes.includes('client_credentials'), {
    path: ['tokenEndpointAuthMethod'],
    // RFC 6749 §4.4: only confidential clients
    message: 'The client credentials grant needs a client secret',
  })
  .refine((client) => !client.grantTypes.includes('refresh_token') || client.grantTypes.includes('authorization_code'), {
    path: ['grantTypes'],
    message: 'Refresh tokens come with the authorization code grant only',
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
