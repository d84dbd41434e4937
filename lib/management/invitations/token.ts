import { createHmac } from 'node:crypto'
import { env } from '#lib/env.ts'
import { equalInConstantTime, sha256Hex } from '#lib/oauth/hash.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'

/** 256 random bits. Whoever invites may see this one; it says nothing of who reads the invited address. */
export const mintInvitation = (): string => `gate_inv_${randomToken()}`

/**
 * What the mail carries: the same, with a MAC that only the mail ever showed. So an account that is made with it has a proven address,
 * and nobody who invites a stranger can make an account in that stranger's name from the link they were shown.
 */
export const mailedInvitation = (token: string): string => `${token}.${macOf(token)}`

export type PresentedInvitation = { readonly tokenHash: string; readonly mailed: boolean }

/** Null for what was never one. */
export function presentedInvitation(text: string): PresentedInvitation | null {
  const [, token, mac] = /^(gate_inv_[A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9_-]{43}))?$/.exec(text) ?? []
  if (token === undefined) return null
  if (mac !== undefined && !equalInConstantTime(mac, macOf(token))) return null
  return { tokenHash: sha256Hex(token), mailed: mac !== undefined }
}

const macOf = (token: string): string => createHmac('sha256', env().TOKEN_PEPPER).update(`mailed-invitation\0${token}`).digest('base64url')
