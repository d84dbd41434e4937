import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { toPlace } from '../destination.ts'
import { endSession } from '../session.ts'
import { askToChangeEmail, askToConfirmEmail, confirmByCode, confirmByLink } from './email.ts'
import { type OwnerForm, openOwnerForm } from './form.ts'
import { addPasskey, askToAddPasskey, removeOwnPasskey } from './passkeys.ts'
import { changePassword } from './password.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

const INTENTS: Readonly<Record<string, (form: OwnerForm, ctx: OAuthContext) => Promise<OAuthResult>>> = {
  'change-password': changePassword,
  'change-email': askToChangeEmail,
  'confirm-email': askToConfirmEmail,
  'enter-code': confirmByCode,
  'email-link': confirmByLink,
  'passkey-options': askToAddPasskey,
  'add-passkey': addPasskey,
  'remove-passkey': removeOwnPasskey,
  'sign-out': signOut,
  'sign-out-everywhere': signOutEverywhere,
}

/** The forms of the account page: `csrf`, `intent`, and what the intent needs. Back to that page, with what was done or was wrong. */
export async function ownAccount(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const form = await openOwnerForm(request, ctx, { place: 'account' })
  if ('kind' in form) return form
  const intent = form.parameters.get('intent') ?? ''
  return Object.hasOwn(INTENTS, intent) ? (INTENTS[intent]?.(form, ctx) ?? forbidden(ctx)) : forbidden(ctx)
}

async function signOut(_: OwnerForm, { issuer, browser }: OAuthContext): Promise<OAuthResult> {
  return toPlace(issuer, 'account', {}, [await endSession(issuer.projectId, issuer.slug, browser.sessionHash)])
}
