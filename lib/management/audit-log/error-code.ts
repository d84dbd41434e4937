/** One kind of error as the log or a counter knows it. */
export type ErrorSighting = {
  readonly code: string
  readonly place: string
  readonly count: number
  readonly first: Date
  readonly last: Date
  readonly isRecorded: boolean
}

/** Where reasons are words of their own, which others use for something else. */
const PREFIXED = ['sign-in', 'upstream', 'interaction']
/** The same of hand-offs, where the protocol's own reasons occur beside them. */
const OF_HANDOFFS = ['unknown', 'other_project', 'other_browser', 'no_proof', 'used', 'expired', 'confirmed', 'denied']

/** What the page of an authorization request calls otherwise than the rest of the protocol. */
const OF_AUTHORIZE: Readonly<Record<string, string>> = {
  malformed: 'malformed_request',
  client: 'client_unknown',
  redirect: 'redirect_uri_unregistered',
  document_not_trusted: 'client_document_not_trusted',
  document_unavailable: 'client_document_unavailable',
  document_invalid: 'client_document_invalid',
}

type Counted = { readonly kind: string; readonly count: number; readonly first: Date; readonly last: Date }

/** `rejected:<place>:<reason>`; null for why an assertion was refused, which the token endpoint counts once more. */
export function sightingOfCount({ kind, ...seen }: Counted): ErrorSighting | null {
  const [, place = '', reason = ''] = kind.split(':')
  if (place === 'assertion' || reason === '') return null
  return { ...seen, code: codeOf(place, reason), place, isRecorded: false }
}

type Recorded = {
  readonly action: string
  readonly reason: string | null
  readonly count: number
  readonly first: Date
  readonly last: Date
}

/** Its reason, or what happened where that says it all. */
export function sightingOfEvent({ action, reason, ...seen }: Recorded): ErrorSighting {
  return { ...seen, code: errorCodeOf({ action, reason }), place: action, isRecorded: true }
}

/** What is a reason of the protocol when it is counted, and an event of its own when it is recorded. */
const OF_ACTIONS: Readonly<Record<string, string>> = {
  'code.replayed': 'code_replayed',
  'refresh.reused': 'refresh_reused',
  'credential.misused': 'credential_misused',
  'device.denied': 'device_denied',
}

/** The stable code of one event that went wrong. */
export const errorCodeOf = ({ action, reason }: { readonly action: string; readonly reason: string | null }): string =>
  reason === null ? (OF_ACTIONS[action] ?? action) : codeOf(action.split('.')[0] ?? '', reason)

function codeOf(place: string, reason: string): string {
  if (place === 'authorize') return OF_AUTHORIZE[reason] ?? reason
  if (place === 'device' && reason === 'unknown') return 'device_unknown'
  const isOwn = PREFIXED.includes(place) || (place === 'handoff' && OF_HANDOFFS.includes(reason))
  return isOwn ? `${place.replaceAll('-', '_')}_${reason}` : reason
}
