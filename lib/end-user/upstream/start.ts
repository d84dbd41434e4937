import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'
import { callbackUrl } from '#lib/oauth/provider-metadata.ts'
import { attempt, type Back } from '../attempt.ts'
import { backToSignIn, type SignInForm } from '../destination.ts'
import { keepDeparture } from './departure.ts'
import { noteFault, problemOf } from './failure.ts'
import { ProviderFault } from './fault.ts'
import { findProvider, isProviderId, type Provider } from './provider.ts'
import { wayOf } from './way-of.ts'

/**
 * "Continue with …" (`provider`; `prompt` where it should be another account than before). The page has said who wants to connect and where that leads, and the person has pressed a button of
 * ours: only now a state exists, and the browser leaves (confused deputy; MCP security best practices).
 */
export async function goUpstream({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  const id = parameters.get('provider')
  const back: Back = (error) => backToSignIn(issuer, destination, { error, ...(isProviderId(id) ? { provider: id } : {}) })
  const leave = async (): Promise<OAuthResult> => {
    const provider = isProviderId(id) ? await findProvider(issuer.projectId, id) : null
    if (!provider) return back('way_off')
    try {
      return await departWith(provider, { destination, parameters }, ctx)
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error
      await noteFault(error, provider, ctx)
      return back(problemOf(error))
    }
  }
  return attempt([['sign_in', ctx.address]], leave, back, ctx)
}

async function departWith(provider: Provider, { destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const departure = {
    ...{ state: randomToken(), nonce: randomToken(), codeVerifier: randomToken() },
    redirectUri: callbackUrl(ctx.issuer.url, provider.id),
  }
  const pending = 'place' in destination ? null : destination.pending
  const wishes = {
    loginHint: pending?.loginHint ?? null,
    again: pending !== null && pending.authTimeFrom !== null,
    otherAccount: parameters.get('prompt') === 'select_account' || (await ctx.browser.session()) !== null,
  }
  const to = await wayOf(provider, ctx.world).authorizationUrl(departure, wishes)
  await keepDeparture(departure, provider, destination, ctx)
  return { kind: 'leave', to, whither: provider.name }
}
