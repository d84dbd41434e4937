import { type JsonProblem, jsonObjectOf } from '#lib/oauth/json-body.ts'
import * as prefixes from '#lib/oauth/opaque-token.ts'

type Json = Readonly<Record<string, unknown>>

/** What a JWT says, whoever signed it. */
export type Unpacked = { readonly header: Json; readonly claims: Json }

/** Secrets of ours, by how they begin. None is looked up here: whether one is good is for the endpoint to say that it is for. */
const OPAQUE: readonly (readonly [prefix: string, words: string])[] = [
  [prefixes.REFRESH_PREFIX, 'This is a refresh token: only its client may send it, and only to the token endpoint. Paste the access token'],
  [prefixes.CODE_PREFIX, 'This is an authorization code: its client redeems it for a token. Paste that token'],
  [prefixes.DEVICE_CODE_PREFIX, 'This is a device code: its client waits for a token with it. Paste that token'],
  [prefixes.CLIENT_SECRET_PREFIX, 'This is a client secret, not a token. If it was sent to your server, rotate it'],
  [prefixes.REGISTRATION_SECRET_PREFIX, 'This is a registration secret, not a token. If it was sent to your server, rotate it'],
  [prefixes.SERVER_SECRET_PREFIX, 'This is a server secret, not a token. If a client sent it, rotate it'],
  [prefixes.REGISTRATION_TOKEN_PREFIX, 'This is a registration access token: a client manages its registration with it, and nothing else'],
  [prefixes.API_KEY_PREFIX, 'This is a key of the management API, not a token. If it was sent to your server, revoke it'],
]

const PROBLEMS: Readonly<Record<Exclude<JsonProblem, 'media_type'>, string>> = {
  syntax: 'is not JSON in base64url',
  duplicate_member: 'says something twice: which one counts, parsers decide differently, so every server should refuse it',
  not_an_object: 'is not a JSON object',
  too_deep: 'is nested too deeply to be a token',
}

/** RFC 7515 §3.1, without a look at the signature. Else a sentence that says what this is instead, and never repeats it. */
export function unpack(token: string): Unpacked | string {
  const [, words] = OPAQUE.find(([prefix]) => token.startsWith(prefix)) ?? []
  if (words !== undefined) return words
  const parts = token.split('.')
  if (parts.length === 5) return 'This has five parts, as an encrypted token (JWE) has. Tokens of Gatehouse are signed, not encrypted'
  if (parts.length !== 3) return 'This is no JWT: that has three parts with dots between them'
  const [header, claims] = parts.slice(0, 2).map(objectIn)
  if (header === undefined || typeof header === 'string') return `Its header ${header}`
  if (claims === undefined || typeof claims === 'string') return `Its second part ${claims}`
  return { header, claims }
}

function objectIn(part: string): Json | string {
  if (!/^[\w-]+$/.test(part)) return PROBLEMS.syntax
  const object = jsonObjectOf(Buffer.from(part, 'base64url'))
  return typeof object === 'string' ? PROBLEMS[object] : object
}
