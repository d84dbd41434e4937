import { checkAccessToken, checkBothTokens, expect } from './answer-check.ts'
import { get, type Lane, postHead, withBody } from './plan.ts'
import { CODE_VERIFIER, PUBLIC_CLIENT, REDIRECT_URI, RESOURCE, SCOPE, type Target } from './servers/target.ts'

export const CONNECTIONS = 16
const FORM = 'application/x-www-form-urlencoded'

/** Ours against the others: goals, printed beside what was measured. */
export type Goals = { readonly cpuToFloor: number; readonly rateToFloor: number; readonly rateToOidcProvider: number }
export const LATENCY_GOALS = { p50ToFloor: 1.4, p99ToFloor: 2 }

/** Where material comes from that an operation uses up. */
export type Supply = {
  codes(target: Target, count: number): Promise<string[]>
  refreshTokens(target: Target, count: number): Promise<string[]>
}

export type Operation = {
  readonly name: string
  readonly goals: Goals
  readonly status: number
  /** The document it fetches, if it is nothing but a GET. */
  readonly document?: 'metadata' | 'jwks'
  /** `each` requests for every connection. */
  lanes(target: Target, each: number, supply: Supply): Promise<Lane[]>
  /** Throws when an answer is not what was asked for. */
  check(body: string, target: Target): Promise<void>
  /** Throws when what was answered did not happen. */
  afterwards?(target: Target, lanes: readonly Lane[]): Promise<void>
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()
const everyConnection = (lane: (index: number) => Lane): Lane[] => Array.from({ length: CONNECTIONS }, (_, index) => lane(index))
const same = (request: string): Lane[] => everyConnection(() => ({ kind: 'same', request }))
const lists = (requests: string[], each: number): Lane[] =>
  everyConnection((index) => ({ kind: 'list', requests: requests.slice(index * each, (index + 1) * each) }))

export const redemptions = (target: Target, codes: string[]): string[] => {
  const head = postHead(target.port, target.paths.token, FORM)
  const fields = { grant_type: 'authorization_code', client_id: target.publicClientId, redirect_uri: REDIRECT_URI, resource: RESOURCE }
  return codes.map((code) => withBody(head, form({ ...fields, code_verifier: CODE_VERIFIER, code })))
}

export const operations: readonly Operation[] = [
  {
    name: 'metadata',
    goals: { cpuToFloor: 1.3, rateToFloor: 0.75, rateToOidcProvider: 4.0 },
    status: 200,
    document: 'metadata',
    lanes: async (target) => same(get(target.port, target.paths.metadata)),
    check: async (body, target) => {
      const { issuer, token_endpoint } = JSON.parse(body)
      expect(String(token_endpoint).startsWith(issuer) && String(token_endpoint).endsWith(target.paths.token), 'not its metadata', body)
    },
  },
  {
    name: 'jwks',
    goals: { cpuToFloor: 1.3, rateToFloor: 0.75, rateToOidcProvider: 2.6 },
    status: 200,
    document: 'jwks',
    lanes: async (target) => same(get(target.port, target.paths.jwks)),
    check: async (body) => expect(JSON.parse(body).keys[0].kty === 'EC' && !body.includes('"d":'), 'not public EC keys', body),
  },
  {
    name: 'register',
    goals: { cpuToFloor: 1.6, rateToFloor: 0.65, rateToOidcProvider: 1.7 },
    status: 201,
    lanes: async ({ port, paths, registration }) =>
      same(withBody(postHead(port, paths.register, 'application/json', registration), JSON.stringify(PUBLIC_CLIENT))),
    check: async (body) => {
      const { client_id, redirect_uris, client_secret } = JSON.parse(body)
      expect(client_id?.length > 10 && redirect_uris[0] === REDIRECT_URI && !client_secret, 'not a public client', body)
    },
  },
  {
    name: 'client_credentials',
    goals: { cpuToFloor: 2.0, rateToFloor: 0.62, rateToOidcProvider: 1.3 },
    status: 200,
    lanes: async ({ port, paths, confidential }) =>
      same(
        withBody(
          postHead(port, paths.token, FORM, confidential),
          form({ grant_type: 'client_credentials', scope: SCOPE, resource: RESOURCE }),
        ),
      ),
    check: checkAccessToken,
  },
  {
    name: 'code exchange',
    goals: { cpuToFloor: 1.6, rateToFloor: 0.67, rateToOidcProvider: 2.8 },
    status: 200,
    lanes: async (target, each, supply) => lists(redemptions(target, await supply.codes(target, each * CONNECTIONS)), each),
    check: checkBothTokens,
  },
  {
    name: 'refresh rotation',
    goals: { cpuToFloor: 1.35, rateToFloor: 0.75, rateToOidcProvider: 2.5 },
    status: 200,
    lanes: async (target, _each, supply) => {
      const tokens = await supply.refreshTokens(target, CONNECTIONS)
      const head = postHead(target.port, target.paths.token, FORM)
      const fields = { grant_type: 'refresh_token', client_id: target.publicClientId, resource: RESOURCE, refresh_token: 'TOKEN' }
      return everyConnection((index) => ({ kind: 'chain', head, body: form(fields), token: tokens[index] ?? '' }))
    },
    check: checkBothTokens,
  },
  {
    name: 'introspect',
    goals: { cpuToFloor: 1.4, rateToFloor: 0.7, rateToOidcProvider: 3.3 },
    status: 200,
    lanes: async ({ port, paths, introspector, liveToken }) =>
      same(withBody(postHead(port, paths.introspect, FORM, introspector), form({ token: liveToken, token_type_hint: 'access_token' }))),
    check: async (body) => {
      const { active, scope, exp } = JSON.parse(body)
      expect(active === true && scope === SCOPE && exp > Date.now() / 1000, 'not active', body)
    },
  },
  {
    name: 'revoke',
    goals: { cpuToFloor: 1.5, rateToFloor: 0.67, rateToOidcProvider: 3.5 },
    status: 200,
    lanes: async (target, each, supply) => {
      const head = postHead(target.port, target.paths.revoke, FORM)
      const fields = { client_id: target.publicClientId, token_type_hint: 'refresh_token' }
      const tokens = await supply.refreshTokens(target, each * CONNECTIONS)
      return lists(
        tokens.map((token) => withBody(head, form({ ...fields, token }))),
        each,
      )
    },
    check: async (body) => expect(body === '' || body === '{}', 'not an empty answer', body),
    // RFC 7009 §2.2 answers 200 whatever the token was: only using one tells.
    afterwards: async ({ port, paths, publicClientId }, [lane]) => {
      const sent = lane?.kind === 'list' ? (lane.requests.at(-1)?.split('\r\n\r\n')[1] ?? '') : ''
      const refresh_token = new URLSearchParams(sent).get('token') ?? ''
      const body = form({ grant_type: 'refresh_token', client_id: publicClientId, refresh_token })
      const headers = { 'content-type': FORM }
      const response = await fetch(`http://127.0.0.1:${port}${paths.token}`, { method: 'POST', headers, body })
      const answer = await response.text()
      expect(response.status === 400 && answer.includes('invalid_grant'), 'a revoked token still lives', answer)
    },
  },
]
