import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden, gone } from '#lib/oauth/interaction.ts'
import { parseParameters } from '#lib/oauth/parameters.ts'
import { backToSignIn, openSignInForm, type SignInForm, toPlace } from './destination.ts'
import { askForCode, enterCode, followLink } from './email/code.ts'
import { askForPasskey, enterWithPasskey } from './passkey/sign-in.ts'
import { askForReset } from './password/reset.ts'
import { enterWithPassword, signUp } from './password/sign-in.ts'
import { placeOf } from './places.ts'
import { endSession } from './session.ts'
import { goUpstream } from './upstream/start.ts'

/** What a button of the sign-in page means. */
const INTENTS: Readonly<Record<string, (form: SignInForm, ctx: OAuthContext) => Promise<OAuthResult>>> = {
  'sign-in': enterWithPassword,
  'sign-up': signUp,
  'email-code': askForCode,
  'enter-code': enterCode,
  'email-link': followLink,
  'passkey-options': askForPasskey,
  passkey: enterWithPasskey,
  upstream: goUpstream,
  reset: askForReset,
  'sign-out': signOut,
}

/**
 * The form of the sign-in page: `request` or `next`, `csrf`, `intent`, and what the intent needs (`email`, `password`, `challenge` and
 * `code`, `token`). Leads on to consent or to a page of ours, or back with what was wrong; the address typed comes back by the stored
 * request, not by a URL. GET `?next=`: gives a browser that comes without a client's request the cookie that its forms are bound to.
 */
export async function signIn(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  if (request.method === 'GET') return startAt(request.query, ctx)
  const form = await openSignInForm(request, ctx)
  if ('kind' in form) return form
  const intent = form.parameters.get('intent') ?? 'sign-in'
  return Object.hasOwn(INTENTS, intent) ? (INTENTS[intent]?.(form, ctx) ?? forbidden(ctx)) : forbidden(ctx)
}

function startAt(query: string, { issuer, browser }: OAuthContext): OAuthResult {
  const parameters = parseParameters(query)
  const place = placeOf(parameters.get('next'))
  if (!place) return gone('unknown')
  const done = parameters.get('done') === 'reset' ? { done: 'reset' } : {}
  // `cookies`: so that a browser which keeps none is told, and not sent in circles.
  return backToSignIn(issuer, { place }, { ...done, cookies: 'set' }, browser.hash === null ? [browser.issue().setCookie] : [])
}

/** "Not you?": back to the form as nobody. */
async function signOut({ destination }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const setCookie = await endSession(issuer.projectId, issuer.slug, browser.sessionHash)
  if ('place' in destination) return toPlace(issuer, destination.place, {}, [setCookie])
  return backToSignIn(issuer, destination, { prompt: 'select_account' }, [setCookie])
}
