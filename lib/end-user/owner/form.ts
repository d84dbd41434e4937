import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { equalInConstantTime } from '#lib/oauth/hash.ts'
import { forbidden, formOfOwnPage } from '#lib/oauth/interaction.ts'
import { csrfTokenOf } from '#lib/oauth/opaque-token.ts'
import type { Parameters } from '#lib/oauth/parameters.ts'
import { toPlace } from '../destination.ts'
import type { Place } from '../places.ts'

export type OwnerForm = { readonly owner: ResourceOwnerSession; readonly parameters: Parameters }

/**
 * Opens a form of one of a signed-in user's own pages (`csrf` as `ownerAt` gave it to the page), or says why not: it did not come
 * from our page, or the session is over and the page asks to sign in again. `mayRepeat`: names of fields that come several times.
 */
export async function openOwnerForm(
  request: OAuthRequest,
  ctx: OAuthContext,
  { place, mayRepeat = [] }: { place: Place; mayRepeat?: readonly string[] },
): Promise<OwnerForm | OAuthResult> {
  const parameters = formOfOwnPage(request, ctx, mayRepeat)
  const { hash } = ctx.browser
  if (!parameters || hash === null) return forbidden(ctx)
  const owner = await ctx.browser.session()
  if (!owner) return toPlace(ctx.issuer, place)
  const token = csrfTokenOf(place, hash, owner.userId, ctx.pepper)
  return equalInConstantTime(parameters.get('csrf') ?? '', token) ? { owner, parameters } : forbidden(ctx)
}
