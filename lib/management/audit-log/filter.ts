import type { z } from 'zod'
import { read } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { containing } from '../search.ts'
import type { listAuditEventsInput } from './inputs.ts'
import type { Log } from './log.ts'
import { whereOutcome } from './outcome.ts'
import { whereError } from './wire-error.ts'

export type Wanted = Omit<z.output<typeof listAuditEventsInput>, 'cursor' | 'take'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The conditions of a filter, all of which hold; empty: everything fits. */
export async function conditionsOf(log: Log, wanted: Wanted): Promise<object[]> {
  const { action, step, outcome, actor, client, user, grant, request, scope, resource, reason, error, text, from, to } = wanted
  return [
    ...(action === undefined ? [] : [{ action: { in: action } }]),
    ...(step === undefined ? [] : [{ step }]),
    ...(outcome === undefined ? [] : [whereOutcome(outcome)]),
    ...(actor === undefined ? [] : [{ actorKind: actor }]),
    ...(client === undefined ? [] : [{ clientId: client }]),
    ...(user === undefined ? [] : [{ userId: await userIdOf(log, user) }]),
    ...(grant === undefined ? [] : [{ grantId: grant }]),
    ...(request === undefined ? [] : [{ requestId: { startsWith: request } }]),
    ...(scope === undefined ? [] : [spelled(scope, [' ', '"'])]),
    ...(resource === undefined ? [] : [spelled(resource, ['"'])]),
    ...(reason === undefined ? [] : [{ reason }]),
    ...(error === undefined ? [] : [whereError(error)]),
    ...(text === undefined ? [] : [anywhere(text)]),
    ...(from === undefined ? [] : [{ at: { gte: from } }]),
    ...(to === undefined ? [] : [{ at: { lt: to } }]),
  ]
}

/** A whole word of the detail: no part of a longer one, so `read` does not find `read:all`. */
const spelled = (word: string, edges: readonly string[]) => ({
  OR: edges.flatMap((before) => edges.map((after) => ({ detail: { contains: `${before}${escaped(word)}${after}` } }))),
})

/** Ids as they are, addresses by their beginning, anything in what the detail says. */
function anywhere(text: string) {
  const ids = [{ clientId: text }, { userId: text }, { actorId: text }, { requestId: text }, { reason: text }]
  const rows = UUID.test(text) ? [{ id: text }, { grantId: text }] : []
  return { OR: [...ids, ...rows, { address: { startsWith: escaped(text) } }, { detail: containing(text) }] }
}

/** Prisma hands `%` and `_` to LIKE as they are. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** An address nobody has stays as it is and finds nothing. */
async function userIdOf(log: Log, user: string): Promise<string> {
  const email = parseEmailAddress(user)
  if (email === null) return user
  const found = await read((db) => db.endUser.findFirst({ where: { projectId: log.id, email }, select: { id: true } }))
  return found?.id ?? user
}
