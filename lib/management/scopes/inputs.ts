import { z } from 'zod'

/** Names with a meaning of their own: the protocol adds `offline_access`, the others are OpenID Connect's. */
const RESERVED_SCOPES = new Set(['offline_access', 'openid', 'profile', 'email', 'address', 'phone'])

/** RFC 6749 §3.3 `scope-token`, without the characters that would need escaping somewhere. */
export const scopeName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9:._/-]{0,63}$/, '1 to 64 characters: letters, digits and : . _ / -')
  .refine((name) => !RESERVED_SCOPES.has(name), 'This name is reserved')

const description = z
  .string()
  .trim()
  .min(1, 'Say in words what it allows: the consent page shows it')
  .max(200, 'At most 200 characters')
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), 'Invisible characters are not allowed')

/** How much harm somebody could do with it: consent marks the high ones. */
export const RISKS = ['low', 'medium', 'high'] as const
const risk = z.enum(RISKS, 'low, medium or high')

export const listScopesInput = z.object({})

export const createScopeInput = z.object({
  name: scopeName,
  description,
  risk: risk.default('low'),
  /** The user cannot leave it out of a request that asks for it. */
  isRequired: z.boolean().default(false),
  /** Granted when a client asks for no scope. */
  isDefault: z.boolean().default(false),
})
export type CreateScopeInput = z.input<typeof createScopeInput>

export const updateScopeInput = z.object({
  name: scopeName,
  description: description.optional(),
  risk: risk.optional(),
  isRequired: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  /** 0 is shown first. */
  position: z.coerce.number<number | string>().int().min(0).max(1000).optional(),
})
export type UpdateScopeInput = z.input<typeof updateScopeInput>

export const orderScopesInput = z.object({
  /** All of the project's, the first to be shown first. */
  names: z.array(scopeName).min(1).max(100),
})
export type OrderScopesInput = z.input<typeof orderScopesInput>

export const deleteScopeInput = z.object({ name: scopeName })
export type DeleteScopeInput = z.input<typeof deleteScopeInput>
