type Told = { readonly action: { readonly in: readonly string[] } | string; readonly detail?: { readonly contains: string } }

/** Events whose answer was always this one. A replayed client assertion and one for a grant differ in what the detail says of it. */
const BY_EVENT: Readonly<Record<string, readonly Told[]>> = {
  invalid_grant: [
    { action: { in: ['code.replayed', 'code.misused', 'refresh.reused', 'refresh.misused'] } },
    { action: 'cross_tenant.used', detail: { contains: '"credential":"code"' } },
    { action: 'cross_tenant.used', detail: { contains: '"credential":"refresh\\_token"' } },
    { action: 'assertion.replayed', detail: { contains: '"issuer":' } },
  ],
  invalid_client: [{ action: 'assertion.replayed', detail: { contains: '"used\\_as":"client\\_assertion"' } }],
  access_denied: [{ action: { in: ['grant.denied', 'device.denied'] } }],
}

/** Events that say which answer it was. */
const SAYING = ['assertion.refused', 'exchange.refused']

/** What a client was answered with, by `error` of RFC 6749 §5.2: refusals that stand in the log. Those that are only counted have no row. */
export const whereError = (error: string) => ({
  OR: [
    ...(Object.hasOwn(BY_EVENT, error) ? (BY_EVENT[error] ?? []) : []),
    { action: { in: SAYING }, detail: { contains: `"error":"${error.replaceAll('_', '\\_')}"` } },
  ],
})
