import { type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type pg from 'pg'
import { KEY_ID } from './floor-documents.ts'
import { statements } from './floor-statements.ts'
import { RESOURCE, SCOPE, sha256 } from './target.ts'

export type Answer = { readonly status: number; readonly body: object }

const jwtHeader = Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: 'ES256', kid: KEY_ID })).toString('base64url')
export const newSecret = (): string => randomBytes(32).toString('base64url')
const refused = (error: string, status = 400): Answer => ({ status, body: { error } })
const credentialsOf = (req: IncomingMessage, scheme: string): string => (req.headers.authorization ?? '').slice(scheme.length + 1)

/** Answers each POST of the floor. */
export function answerWith(pool: pg.Pool, issuer: string, key: KeyObject): (req: IncomingMessage, body: string) => Promise<Answer> {
  function tokens(sub: string, clientId: string, scope: string, now: number, refreshToken?: string): Answer {
    const claims = { iss: issuer, aud: RESOURCE, sub, client_id: clientId, scope, jti: randomUUID(), iat: now, exp: now + 3600 }
    const signed = `${jwtHeader}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    const body = { access_token: `${signed}.${signature}`, token_type: 'bearer', expires_in: 3600, scope }
    return { status: 200, body: refreshToken ? { ...body, refresh_token: refreshToken } : body }
  }

  async function one(statement: { name: string; text: string }, values: unknown[]): Promise<Record<string, string> | undefined> {
    return (await pool.query({ ...statement, values })).rows[0]
  }

  async function register(req: IncomingMessage, body: string): Promise<Answer> {
    const client = JSON.parse(body)
    const clientId = `c_${randomBytes(16).toString('base64url')}`
    const presented = sha256(credentialsOf(req, 'Bearer'))
    const row = await one(statements.register, [presented, clientId, client.client_name, JSON.stringify(client.redirect_uris)])
    return row
      ? { status: 201, body: { client_id: clientId, client_id_issued_at: Number(row.now), ...client } }
      : refused('invalid_token', 401)
  }

  async function clientCredentials(req: IncomingMessage): Promise<Answer> {
    const [clientId = '', given = ''] = Buffer.from(credentialsOf(req, 'Basic'), 'base64').toString().split(':')
    const row = await one(statements.client, [clientId])
    return row?.secret_hash === sha256(given) ? tokens(clientId, clientId, SCOPE, Number(row.now)) : refused('invalid_client', 401)
  }

  async function redeem(form: URLSearchParams): Promise<Answer> {
    const challenge = Buffer.from(sha256(form.get('code_verifier') ?? ''), 'hex').toString('base64url')
    const clientId = form.get('client_id') ?? ''
    const family = randomUUID()
    const next = `${family}.${newSecret()}`
    const values = [sha256(form.get('code') ?? ''), clientId, form.get('redirect_uri'), challenge, family, sha256(next)]
    const row = await one(statements.redeem, values)
    return row ? tokens(row.user_id ?? '', clientId, row.scope ?? '', Number(row.now), next) : refused('invalid_grant')
  }

  async function rotate(form: URLSearchParams): Promise<Answer> {
    const presented = form.get('refresh_token') ?? ''
    const family = presented.split('.', 1)[0] ?? ''
    const clientId = form.get('client_id') ?? ''
    const next = `${family}.${newSecret()}`
    const row = await one(statements.rotate, [family, sha256(presented), sha256(next), clientId])
    return row ? tokens(row.user_id ?? '', clientId, row.scope ?? '', Number(row.now), next) : refused('invalid_grant')
  }

  async function introspect(req: IncomingMessage, form: URLSearchParams): Promise<Answer> {
    const caller = sha256(credentialsOf(req, 'Bearer'))
    const row = await one(statements.introspect, [caller, sha256(form.get('token') ?? '')])
    if (!row) return refused('invalid_token', 401)
    if (!row.client_id) return { status: 200, body: { active: false } }
    const { client_id, sub, scope, exp } = row
    return {
      status: 200,
      body: { active: true, iss: issuer, aud: RESOURCE, client_id, sub, scope, exp: Number(exp), token_type: 'bearer' },
    }
  }

  async function revoke(form: URLSearchParams): Promise<Answer> {
    const presented = form.get('token') ?? ''
    await one(statements.revoke, [presented.split('.', 1)[0], sha256(presented), form.get('client_id')])
    return { status: 200, body: {} }
  }

  return async (req: IncomingMessage, body: string): Promise<Answer> => {
    if (req.url === '/register') return register(req, body)
    const form = new URLSearchParams(body)
    if (req.url === '/introspect') return introspect(req, form)
    if (req.url === '/revoke') return revoke(form)
    const grant = form.get('grant_type')
    if (grant === 'client_credentials') return clientCredentials(req)
    return grant === 'refresh_token' ? rotate(form) : redeem(form)
  }
}
