import { randomBytes } from 'node:crypto'
import { addressFrom } from '#lib/caller-address.ts'
import { type ApiKeyCaller, callerByApiKey, projectOfCaller } from '../api-keys/authenticate.ts'
import { forbidden, type ManagementContext, type OrganisationContext } from '../context.ts'
import { recordRefusal } from '../denials.ts'
import type { Operation } from '../operation.ts'
import { operations } from '../operations.ts'
import { managementApiDocument } from './document.ts'
import { countFailure, countRequest } from './limits.ts'
import { readInput } from './read-input.ts'
import { HttpRefusal, refusalOf } from './refusal.ts'
import { BASE_PATH, forPrograms, type Match, routeAt, routesOf } from './routes.ts'
import { successStatusOf } from './success-status.ts'

type Handler = (request: Request) => Promise<Response>
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** Of every answer. No `Access-Control-…`: a key belongs in no script of a page. */
const HEADERS = { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-content-type-options': 'nosniff' } as const

/** All seven methods that the framework knows: one that is not exported gets its own 405, which lacks `Allow`. */
export function managementApi(): Record<Method, Handler> {
  const handler = answering(forPrograms(operations))
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler }
}

/**
 * These operations over HTTP, for whoever has an API key. Cookies are not looked at, so no page of others can have a request made.
 * It never throws: what fails becomes `{ error }`.
 */
export function answering(operations: readonly Operation[]): Handler {
  const routes = routesOf(operations)
  return async (request) => {
    const headers = new Headers(HEADERS)
    const reply = (status: number, body: unknown): Response =>
      new Response(request.method === 'HEAD' || body === undefined ? null : JSON.stringify(body), { status, headers })
    try {
      const { pathname } = new URL(request.url)
      if (pathname === `${BASE_PATH}/openapi.json`) return describing(request, headers, operations)
      const caller = await callerOf(request)
      add(headers, await countRequest(caller.keyId))
      const { match, allowed } = routeAt(routes, request.method, pathname)
      if (!match) throw allowed.length > 0 ? methodNotAllowed(allowed) : new HttpRefusal(404, 'not_found', 'Nothing is at this address')
      const result = await run(caller, match, request)
      return reply(successStatusOf(match.operation, result), result)
    } catch (error) {
      await recordRefusal(error)
      const { status, headers: more, error: body } = refusalOf(error, randomBytes(6).toString('hex'))
      add(headers, more)
      return reply(status, { error: body })
    }
  }
}

function add(headers: Headers, more: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
}

/** Who calls is asked first, then where to: a stranger learns nothing of what there is. */
async function run(caller: ApiKeyCaller, match: Match, request: Request): Promise<unknown> {
  const { operation, parameters } = match
  if (operation.of === 'organisation') {
    if (caller.projectId !== null) throw new HttpRefusal(403, 'forbidden', 'This key reaches one project, and this is not of a project')
    checkPermission(caller, caller.organisation, operation)
    return operation.run(caller.organisation, await readInput(request, match))
  }
  const ctx = await projectOfCaller(caller, parameters.project ?? '')
  checkPermission(caller, ctx, operation)
  return operation.run(ctx, await readInput(request, match))
}

/** The verb asks again; here the answer is for somebody who holds a key and can look at both reasons. */
function checkPermission({ chosen }: ApiKeyCaller, ctx: OrganisationContext | ManagementContext, { permission }: Operation): void {
  if (ctx.permissions.has(permission)) return
  const gone = `The role of whoever made this key no longer includes ${permission}`
  throw forbidden(ctx, permission, chosen.has(permission) ? gone : `This key does not include ${permission}`)
}

/** RFC 6750 §2.1, §3.1: the header only. Throws 401, and 429 to an address that keeps trying. */
async function callerOf(request: Request): Promise<ApiKeyCaller> {
  const address = addressFrom((name) => request.headers.get(name))
  const given = request.headers.get('authorization')
  const [, token] = /^Bearer +(\S+) *$/i.exec(given ?? '') ?? []
  const caller = token === undefined ? null : await callerByApiKey(token, address)
  if (caller) return caller
  await countFailure(address)
  const challenge = 'Bearer realm="Gatehouse management API"'
  if (token === undefined) {
    throw new HttpRefusal(401, 'unauthenticated', 'Send an API key: Authorization: Bearer gate_key_…', { 'www-authenticate': challenge })
  }
  const message = 'This API key is unknown, expired or revoked, or whoever made it has left'
  throw new HttpRefusal(401, 'unauthenticated', message, { 'www-authenticate': `${challenge}, error="invalid_token"` })
}

const methodNotAllowed = (allowed: readonly string[]): HttpRefusal =>
  new HttpRefusal(405, 'method_not_allowed', `Only ${allowed.join(', ')} here`, { allow: allowed.join(', ') })

/** Public, and the same for everybody. */
function describing(request: Request, headers: Headers, operations: readonly Operation[]): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(['GET', 'HEAD'])
  headers.set('cache-control', 'public, max-age=300')
  const body = request.method === 'HEAD' ? null : JSON.stringify(managementApiDocument(operations))
  return new Response(body, { headers })
}
