'use server'

import { revalidatePath } from 'next/cache'
import { addPasskey } from '#lib/management/account/add-passkey.ts'
import { askToChangeEmail } from '#lib/management/account/change-email.ts'
import { changeName } from '#lib/management/account/change-name.ts'
import { changePassword } from '#lib/management/account/change-password.ts'
import { disableSecondFactor } from '#lib/management/account/disable-second-factor.ts'
import { beginSecondFactor, enableSecondFactor, type TotpSetup } from '#lib/management/account/enable-second-factor.ts'
import { endOtherSessions, endSession } from '#lib/management/account/end-session.ts'
import type { ProviderId } from '#lib/management/account/inputs.ts'
import { type PasskeyCreation, passkeyCreation } from '#lib/management/account/passkey-options.ts'
import { removePasskey } from '#lib/management/account/remove-passkey.ts'
import { renamePasskey } from '#lib/management/account/rename-passkey.ts'
import { replaceRecoveryCodes } from '#lib/management/account/replace-recovery-codes.ts'
import { unlinkProvider } from '#lib/management/account/unlink-provider.ts'
import { mailEmailVerification } from '#lib/management/account/verify-email.ts'
import { requireRecentAuthentication } from '#lib/management/context.ts'
import { accountContext } from '#lib/session/require-member.ts'
import type { FormState } from '../../../components/ui/form-state.ts'
import { word } from '../../argument.ts'
import { attempt, text } from '../../attempt.ts'

const saved = (): null => {
  revalidatePath('/profile')
  return null
}

export async function changeNameAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name'], async () => {
    await changeName(await accountContext(), { name: text(form, 'name') })
    revalidatePath('/', 'layout')
    return null
  })
}

export async function mailVerificationAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    const { memberId, address } = await accountContext()
    await mailEmailVerification(memberId, address)
    return null
  })
}

/** The same answer whether somebody has the address or not. */
export async function changeEmailAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['email'], async () => {
    await askToChangeEmail(await accountContext(), { email: text(form, 'email') })
    return null
  })
}

export async function changePasswordAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    const input = { currentPassword: text(form, 'currentPassword'), newPassword: text(form, 'newPassword') }
    const { endedSessions } = await changePassword(await accountContext(), input)
    revalidatePath('/profile')
    return endedSessions === 0 ? 'Password saved' : `Password saved, and ${sessions(endedSessions)} elsewhere ended`
  })
}

export async function beginSecondFactorAction(_: FormState<TotpSetup>, form: FormData): Promise<FormState<TotpSetup>> {
  return attempt(form, [], async () => beginSecondFactor(await accountContext()))
}

/** The page stays as it is until the codes are stored. */
export async function enableSecondFactorAction(_: FormState<string[]>, form: FormData): Promise<FormState<string[]>> {
  return attempt(form, [], async () => (await enableSecondFactor(await accountContext(), { code: text(form, 'code') })).recoveryCodes)
}

export async function replaceRecoveryCodesAction(_: FormState<string[]>, form: FormData): Promise<FormState<string[]>> {
  return attempt(form, [], async () => (await replaceRecoveryCodes(await accountContext())).recoveryCodes)
}

export async function disableSecondFactorAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await disableSecondFactor(await accountContext())
    return saved()
  })
}

/** What the page's script asks the browser with. */
export async function passkeyCreationAction(_: FormState<PasskeyCreation>, form: FormData): Promise<FormState<PasskeyCreation>> {
  return attempt(form, [], async () => passkeyCreation(await accountContext()))
}

export async function addPasskeyAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name'], async () => {
    await addPasskey(await accountContext(), { credential: text(form, 'credential'), name: text(form, 'name') })
    return saved()
  })
}

export async function renamePasskeyAction(credentialId: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name'], async () => {
    await renamePasskey(await accountContext(), { credentialId: word(credentialId), name: text(form, 'name') })
    return saved()
  })
}

export async function removePasskeyAction(credentialId: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await removePasskey(await accountContext(), { credentialId: word(credentialId) })
    return saved()
  })
}

/** Before the browser sets out to link a provider: coming back it must still be sure who sits there. */
export async function beginLinkAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    requireRecentAuthentication(await accountContext())
    return null
  })
}

export async function unlinkProviderAction(provider: unknown, subject: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await unlinkProvider(await accountContext(), { provider: word(provider) as ProviderId, subject: word(subject) })
    return saved()
  })
}

export async function endSessionAction(sessionId: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await endSession(await accountContext(), { sessionId: word(sessionId) })
    return saved()
  })
}

export async function endOtherSessionsAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    const count = await endOtherSessions(await accountContext())
    revalidatePath('/profile')
    return `${sessions(count)} ended`
  })
}

const sessions = (count: number): string => `${count} ${count === 1 ? 'session' : 'sessions'}`
