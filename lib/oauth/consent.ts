import { randomUUID } from 'node:crypto'
import { codeResponse, errorResponse } from './authorization-response.ts'
import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from './context.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { csrfTokenOf, mintCode } from './opaque-token.ts'
import { type Parameters, parseFormBody } from './parameters.ts'
import { OFFLINE_ACCESS } from './scope.ts'
import type { StoredAuthorizationRequest } from './store.ts'

const GONE = {
  unknown: {
    title: 'This request is not valid',
    text: 'It does not exist, or was started in another browser. Go back to the application and start again.',
  },
  expired: { title: 'This request has expired', text: 'A request waits ten minutes. Go back to the application and start again.' },
  already_answered: {
    title: 'You have already answered',
    text: 'This request was answered before, perhaps in another tab. You can close this page.',
  },
  client_gone: {
    title: 'This application was removed',
    text: 'Its owner, or the owner of this service, has revoked it. Nothing was sent to it.',
  },
} as const

const FORBIDDEN: OAuthResult = {
  kind: 'page',
  status: 403,
  title: 'This answer did not come from our page',
  text: 'For your safety it was not accepted. Go back to the application and start again.',
}

/** Scopes a person decides about, one checkbox each. `offline_access` is about the connection, not about data, and goes along. */
export const decidableScopes = (scope: string): string[] => scope.split(' ').filter((name) => name && name !== OFFLINE_ACCESS)

/**
 * The answer of the consent page: `request`, `csrf`, `decision` (`allow` or `deny`) and a `scope` per ticked box.
 * The browser holds nothing but the handle: what is granted comes from the stored request, and a box that it does not offer is refused.
 */
export async function consent(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  if (!isFromOwnPage(request, ctx)) return FORBIDDEN
  const parameters = parseConsentForm(request)
  const handle = parameters?.get('request')
  if (!parameters || !handle) return FORBIDDEN
  const idHash = sha256Hex(handle)
  const { browser, issuer } = ctx
  const csrf = csrfTokenOf(handle, browser.hash ?? '', browser.sessionHash, ctx.pepper)
  if (browser.hash === null || !equalInConstantTime(parameters.get('csrf') ?? '', csrf)) return FORBIDDEN

  const pending = await ctx.store.findAuthorizationRequest(idHash)
  if (!pending || pending.browserHash !== browser.hash || pending.issuer !== issuer.url) return gone('unknown')
  if (pending.answered) return gone('already_answered')
  if (pending.expired) return gone('expired')
  const owner = await browser.session()
  if (!owner || (pending.authTimeFrom !== null && owner.authTime < pending.authTimeFrom)) {
    return { kind: 'interact', to: `${issuer.url}/sign-in?request=${handle}`, setCookies: [] }
  }

  switch (parameters.get('decision')) {
    case 'deny':
      return deny(pending, owner, ctx)
    case 'allow':
      return allow(handle, pending, parameters.all('scope'), owner, ctx)
    default:
      return FORBIDDEN
  }
}

/**
 * The CSRF token decides; these two catch what a stolen page could do with it (RFC 9700 §4.7).
 * Browsers send Origin with every form post; a script without a browser may leave both headers out.
 */
export function isFromOwnPage({ headers }: Pick<OAuthRequest, 'headers'>, { issuer }: OAuthContext): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return origin === new URL(issuer.url).origin
  return !['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '')
}

/** Boxes repeat `scope`, which no other form here may. */
function parseConsentForm(request: OAuthRequest): Parameters | null {
  try {
    return parseFormBody(request.headers.get('content-type'), request.body, ['scope'])
  } catch {
    return null
  }
}

async function deny(pending: StoredAuthorizationRequest, owner: ResourceOwnerSession, ctx: OAuthContext): Promise<OAuthResult> {
  const outcome = await ctx.store.denyRequest(pending.idHash, { ...eventOf(pending, owner), action: 'grant.denied' })
  if (outcome !== 'denied') return gone(outcome)
  return errorResponse('access_denied', 'The user did not allow it', pending, ctx.issuer)
}

async function allow(
  handle: string,
  pending: StoredAuthorizationRequest,
  ticked: readonly string[],
  owner: ResourceOwnerSession,
  ctx: OAuthContext,
) {
  const asked = decidableScopes(pending.scope)
  const offered = ctx.issuer.offerAllScopes ? [...new Set([...asked, ...ctx.issuer.scopes.map(({ name }) => name)])] : asked
  if (ticked.some((scope) => !offered.includes(scope))) return gone('unknown')
  if (ticked.length === 0 && offered.length > 0) {
    return { kind: 'interact', to: `${ctx.issuer.url}/consent/${handle}?error=no_scope`, setCookies: [] } as const
  }
  const granted = offered.filter((scope) => ticked.includes(scope))
  const scope = [...granted, ...(pending.scope.split(' ').includes(OFFLINE_ACCESS) ? [OFFLINE_ACCESS] : [])].join(' ')

  const grantId = randomUUID()
  const code = mintCode(ctx.pepper)
  const outcome = await ctx.store.approveRequest(
    pending.idHash,
    { grantId, codeHash: sha256Hex(code), userId: owner.userId, authTime: owner.authTime, scope },
    {
      ...eventOf(pending, owner),
      action: 'grant.approved',
      grantId,
      detail: { asked: pending.scope, granted: scope, resource: pending.resources },
    },
  )
  return outcome === 'approved' ? codeResponse(code, pending, ctx.issuer) : gone(outcome)
}

const eventOf = (pending: StoredAuthorizationRequest, owner: ResourceOwnerSession) =>
  ({
    step: 'consent',
    actorKind: 'user',
    actorId: owner.userId,
    clientId: pending.clientId,
    userId: owner.userId,
    requestId: pending.idHash,
  }) as const

const gone = (why: keyof typeof GONE): OAuthResult => ({ kind: 'page', status: 400, ...GONE[why] })
