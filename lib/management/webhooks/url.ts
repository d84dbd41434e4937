import { env } from '#lib/env.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { invalid } from '../context.ts'

/** Judged by its text; the addresses behind its name are checked each time something is sent. Throws `invalid`. */
export function requireReceiver(url: string): void {
  const developmentLoopback = env().OUTBOUND_LOOPBACK === 'on'
  if (!isFetchable(url, { developmentLoopback }))
    throw invalid({ url: 'A public https URL on port 443, such as https://example.com/webhooks' })
}
