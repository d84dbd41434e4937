import { env } from '#lib/env.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { invalid } from '../context.ts'

/** By its text only: what is there is read when it is needed. Throws `invalid` for that field. */
export function checkedUri(field: 'jwksUri' | 'logoUri', uri: string): string {
  if (!isFetchable(uri, { developmentLoopback: env().OUTBOUND_LOOPBACK === 'on' }))
    throw invalid({ [field]: 'An https URL of a public host' })
  return uri
}
