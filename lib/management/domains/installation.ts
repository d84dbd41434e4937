import { env } from '#lib/env.ts'

/** What an installation expects of whatever stands in front of it. `url`: its own origin. */
export const installationFront = (): { readonly url: string; readonly trustsProxy: boolean } => ({
  url: env().BASE_URL,
  trustsProxy: env().TRUST_PROXY > 0,
})
