import { z } from 'zod'
import { displayName, emailAddress, newPassword } from '../fields.ts'

/** Compared, not judged. */
const password = z.string().min(1, 'Enter your password').max(128, 'At most 128 characters')

/** Six digits of an authenticator app, spaces and all, or a recovery code. */
export const secondFactorCode = z.string().trim().min(1, 'Enter a code').max(40, 'This is no code')

/** What a browser answered, as JSON: judged where it is verified. */
const credential = z.string().min(1).max(32_768)

/** A link's token: 256 bits, base64url. */
const token = z.string().max(128)

export const changeNameInput = z.object({ name: displayName })
export type ChangeNameInput = z.input<typeof changeNameInput>

/** `currentPassword` stays empty where there is none yet. */
export const changePasswordInput = z.object({ currentPassword: z.string().max(128, 'At most 128 characters'), newPassword })
export type ChangePasswordInput = z.input<typeof changePasswordInput>

export const codeInput = z.object({ code: secondFactorCode })
export type CodeInput = z.input<typeof codeInput>

export const proofInput = z.discriminatedUnion('by', [
  z.object({ by: z.literal('password'), password }),
  z.object({ by: z.literal('code'), code: secondFactorCode }),
  z.object({ by: z.literal('passkey'), credential }),
])
export type ProofInput = z.input<typeof proofInput>

/** One line of at most sixty characters. */
export const passkeyName = z
  .string()
  .transform((text) => text.replace(/[\p{C}\s]+/gu, ' ').trim())
  .pipe(z.string().min(1, 'A name is needed').max(60, 'At most 60 characters'))

export const addPasskeyInput = z.object({ credential, name: passkeyName })
export type AddPasskeyInput = z.input<typeof addPasskeyInput>

const credentialId = z.string().min(1).max(1_364)
export const renamePasskeyInput = z.object({ credentialId, name: passkeyName })
export type RenamePasskeyInput = z.input<typeof renamePasskeyInput>

export const removePasskeyInput = z.object({ credentialId })
export type RemovePasskeyInput = z.input<typeof removePasskeyInput>

export const endSessionInput = z.object({ sessionId: z.uuid('This is not an id') })
export type EndSessionInput = z.input<typeof endSessionInput>

export const PROVIDERS = ['github', 'google', 'oidc'] as const
export type ProviderId = (typeof PROVIDERS)[number]

export const unlinkProviderInput = z.object({ provider: z.enum(PROVIDERS), subject: z.string().min(1).max(1_024) })
export type UnlinkProviderInput = z.input<typeof unlinkProviderInput>

export const askForResetInput = z.object({ email: emailAddress })
export type AskForResetInput = z.input<typeof askForResetInput>

export const resetPasswordInput = z.object({ token, newPassword })
export type ResetPasswordInput = z.input<typeof resetPasswordInput>

export const changeEmailInput = z.object({ email: emailAddress })
export type ChangeEmailInput = z.input<typeof changeEmailInput>

export const confirmEmailInput = z.object({ token })
export type ConfirmEmailInput = z.input<typeof confirmEmailInput>
