import { resourceKey } from '#lib/oauth/resource.ts'
import type { ListedResource } from '../resources/list.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** RFC 9068 §2.1, RFC 8725 §3.11. */
export type TokenKind = 'access-token' | 'id-token' | 'other'

/** Without `application/`, in any case: RFC 7515 §4.1.9. */
export function kindOf(typ: unknown): TokenKind {
  const name = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : ''
  if (name === 'at+jwt') return 'access-token'
  return name === 'jwt' ? 'id-token' : 'other'
}

const TYPES: Readonly<Record<TokenKind, (typ: string | null) => Finding>> = {
  'access-token': (typ) => good('typ', typ, 'An access token (RFC 9068).'),
  'id-token': (typ) => bad('typ', typ, 'An ID token: it tells its client who signed in. A server that takes it lets every client in.'),
  other: (typ) => bad('typ', typ, 'No access token: your server has to expect at+jwt and nothing else.'),
}

export const typeFinding = (typ: unknown): Finding => TYPES[kindOf(typ)](textOf(typ))

/** The primary issuer first. A server compares byte for byte (RFC 9068 §4). */
export function issuerFinding(iss: unknown, issuers: readonly string[]): Finding {
  const value = textOf(iss)
  const [primary] = issuers
  if (value !== null && value === primary) return good('iss', value, 'This project’s primary issuer, byte for byte.')
  if (value !== null && issuers.includes(value))
    return note('iss', value, `One of this project’s issuers, but not its primary one: a server that expects ${primary} refuses it.`)
  return bad('iss', value, `Not an issuer of this project any more. Your server expects ${primary}.`)
}

/** `aud` as text or list, against what is registered (RFC 8707 §2.2). */
export function audienceFinding(aud: unknown, resources: readonly ListedResource[]): Finding {
  const audiences = [aud].flat().filter((each) => typeof each === 'string')
  const value = audiences.join(' ') || null
  const named = resources.filter(({ identifier }) => audiences.includes(identifier))
  if (named.length > 0) return good('aud', value, audienceWords(named))
  const near = resources.find(({ identifier }) => audiences.some((each) => resourceKey(each) === resourceKey(identifier)))
  if (near) return bad('aud', value, `Not the same as ${near.identifier}: a slash, a letter’s case or a port makes it another resource.`)
  return bad('aud', value, 'No resource of this project: it may have been deleted since. No server of yours should take it.')
}

function audienceWords(named: readonly ListedResource[]): string {
  const names = named.map(({ name }) => name).join(', ')
  const slash = named.some(({ identifier }) => identifier.endsWith('/')) ? ' It ends in a slash, which your server has to expect too.' : ''
  const aliases = named.flatMap((resource) => resource.aliases)
  const asked = aliases.length > 0 ? ` Whoever asks for ${aliases.join(' or ')} gets this too.` : ''
  return `For ${names}. A server that expects exactly this takes it, any other has to refuse it.${slash}${asked}`
}

type Times = { readonly exp?: unknown; readonly nbf?: unknown; readonly iat?: unknown }

/** Against our clock: a server's own may differ, so each says by how much it could before the answer is another. */
export function timeFindings({ exp, nbf, iat }: Times, now: Date): Finding[] {
  const seconds = Math.floor(now.getTime() / 1000)
  return [
    ...[expiryFinding(exp, seconds)],
    ...(nbf === undefined ? [] : [beginFinding('nbf', nbf, seconds, 'Valid')]),
    ...(iat === undefined ? [] : [beginFinding('iat', iat, seconds, 'Issued')]),
  ]
}

function expiryFinding(exp: unknown, now: number): Finding {
  if (typeof exp !== 'number') return bad('exp', textOf(exp), 'It does not say when it runs out, so a server has to refuse it.')
  if (exp <= now) return bad('exp', momentOf(exp), `It ran out ${spanOf(now - exp)} ago. Its client has to refresh it.`)
  return good('exp', momentOf(exp), `It runs out in ${spanOf(exp - now)}. A server whose clock is further ahead refuses it already.`)
}

function beginFinding(claim: 'nbf' | 'iat', at: unknown, now: number, word: string): Finding {
  if (typeof at !== 'number') return bad(claim, textOf(at), 'It has to be a number of seconds.')
  if (at > now) return bad(claim, momentOf(at), `It begins in ${spanOf(at - now)}: the clock of whoever made it is ahead.`)
  return good(
    claim,
    momentOf(at),
    `${word} ${spanOf(now - at)} ago. A server whose clock is further behind takes it for one of the future.`,
  )
}

/** `known`: what the project grants today. */
export function scopeFinding(scope: unknown, known: readonly string[]): Finding {
  const value = textOf(scope)
  const granted = value?.split(' ').filter(Boolean) ?? []
  if (granted.length === 0) return note('scope', null, 'No scope: a tool that needs one answers 403.')
  const gone = granted.filter((name) => !known.includes(name))
  if (gone.length > 0) return note('scope', value, `The project no longer has ${gone.join(', ')}; the rest is as it was granted.`)
  return good('scope', value, 'All of it is a scope of this project. A tool that needs another answers 403.')
}

/** RFC 9449 §6.1. Null where it is bound to nothing. */
export function bindingFinding(cnf: unknown): Finding | null {
  if (cnf === undefined) return null
  const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? textOf(cnf.jkt) : null
  return note(
    'cnf',
    jkt,
    'Bound to a key of its client (DPoP): with the scheme DPoP and a fresh proof only. A server that takes it as a bearer token gives that up.',
  )
}

const momentOf = (seconds: number): string =>
  Math.abs(seconds) <= 8.64e12 ? `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC` : String(seconds)

const textOf = (value: unknown): string | null =>
  value === undefined ? null : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2048)

const UNITS = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
] as const

/** Whole units, at least two of them: `90 minutes`, not `1 hour`. */
function spanOf(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= 2 * size) ?? [1, 'seconds']
  return `${Math.round(seconds / size)} ${unit}`
}
