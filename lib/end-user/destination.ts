import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { equalInConstantTime } from '#lib/oauth/hash.ts'
import {
  forbidden,
  formOfOwnPage,
  type Interaction,
  openInteraction,
  openRequest,
  type Refusal,
  toConsent,
  toSignIn,
} from '#lib/oauth/interaction.ts'
import { csrfTokenOf } from '#lib/oauth/opaque-token.ts'
import type { Parameters } from '#lib/oauth/parameters.ts'
import { type Place, placeOf } from './places.ts'

/** Where somebody goes on after signing in: to the consent of a client's request, or to a page of our own. */
export type Destination = Pick<Interaction, 'handle' | 'pending'> | { readonly place: Place }

/** A form of the sign-in page, posted from the browser that it was shown to. */
export type SignInForm = { readonly destination: Destination; readonly parameters: Parameters }

/** Opens the form: `request` names a client's request, else `next` a page of ours. Or says why not. */
export async function openSignInForm(request: OAuthRequest, ctx: OAuthContext): Promise<SignInForm | Refusal> {
  const parameters = formOfOwnPage(request, ctx)
  const place = placeOf(parameters?.get('next'))
  if (!parameters || !place || parameters.get('request') !== undefined) {
    const opened = await openInteraction(request, ctx, { by: 'anybody' })
    return 'kind' in opened ? opened : { destination: opened, parameters: opened.parameters }
  }
  const { hash } = ctx.browser
  if (hash === null) return forbidden(ctx)
  const owner = await ctx.browser.session()
  const tokens = [null, ...(owner ? [owner.userId] : [])].map((userId) => csrfTokenOf(place, hash, userId, ctx.pepper))
  if (!tokens.some((token) => equalInConstantTime(parameters.get('csrf') ?? '', token))) return forbidden(ctx)
  return { destination: { place }, parameters }
}

/** By its name: the page of ours, or the request (by its handle) while it waits for this browser; else what to tell. */
export async function openDestination(name: string, ctx: OAuthContext): Promise<Destination | Refusal> {
  const place = placeOf(name)
  return place ? { place } : openRequest(name, ctx)
}

/** As parameters of our own pages. */
export const queryOf = (destination: Destination): Record<string, string> =>
  'place' in destination ? { next: destination.place } : { request: destination.handle }

/** Back to the sign-in page. */
export const backToSignIn = (
  issuer: Issuer,
  destination: Destination,
  parameters: Record<string, string> = {},
  setCookies: readonly string[] = [],
): OAuthResult => toSignIn(issuer, { ...queryOf(destination), ...parameters }, setCookies)

/** On, as whoever has just signed in. */
export const goOn = (issuer: Issuer, destination: Destination, setCookies: readonly string[]): OAuthResult =>
  'place' in destination ? toPlace(issuer, destination.place, {}, setCookies) : toConsent(issuer, destination.handle, setCookies)

/** To a page of ours; `parameters` as its query. */
export function toPlace(
  issuer: Issuer,
  place: Place,
  parameters: Record<string, string> = {},
  setCookies: readonly string[] = [],
): OAuthResult {
  const query = new URLSearchParams(parameters).toString()
  return { kind: 'interact', to: `${issuer.url}/${place}${query && `?${query}`}`, setCookies }
}
