import type { NewClient } from '#lib/oauth/store.ts'

/**
 * What a project holds of registrations that nobody vouched for and nobody used: so that strangers who register without end leave less
 * than a megabyte, and cannot keep out an honest client for more than ten minutes.
 */
export const MAX_LIGHT = 1_000
/** The longest that one says of itself and counts as light: six redirect URIs, or two and an elliptic key. */
export const LIGHT_BYTES = 384
/** What all heavier ones say together. */
export const HEAVY_BUDGET_BYTES = 128 * 1024
/** How many of them are recorded in an hour; the others are counted only. */
export const RECORDED_PER_HOUR = 100

type Weighed = Pick<NewClient, 'name' | 'redirectUris' | 'clientUri' | 'logoUri' | 'jwks' | 'jwksUri'>

/** Bytes of what the client itself chose to say, as they are stored. */
export const weightOf = ({ name, redirectUris, clientUri, logoUri, jwks, jwksUri }: Weighed): number =>
  Buffer.byteLength(
    [name, JSON.stringify(redirectUris), clientUri ?? '', logoUri ?? '', jwks ? JSON.stringify(jwks) : '', jwksUri ?? ''].join(''),
  )
