// `npm run db:seed -- --project notes --clients 10000 --users 20000 --events 100000`: a project as it looks after a busy quarter.
// Development and the bench: rows only, no secret in them opens anything.
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { closeDatabase, type Transaction } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { commandLineOrganisation, commandLineProject } from '#lib/management/command-line.ts'
import { ManagementError } from '#lib/management/context.ts'
import { createProject } from '#lib/management/projects/create.ts'

const BATCH = 2_000
const DAY_MS = 86_400_000

const { values } = parseArgs({
  options: {
    owner: { type: 'string' },
    project: { type: 'string', default: `seeded-${randomBytes(3).toString('hex')}` },
    clients: { type: 'string', default: '200' },
    users: { type: 'string', default: '500' },
    events: { type: 'string', default: '5000' },
    days: { type: 'string', default: '90' },
  },
})
const [clients, users, events, days] = [values.clients, values.users, values.events, values.days].map(Number) as [
  number,
  number,
  number,
  number,
]
const newest = Date.now()

const NAMES = [
  'Claude',
  'ChatGPT',
  'Cursor',
  'VS Code',
  'Claude Code',
  'Codex',
  'Gemini CLI',
  'Zed',
  'MCP Inspector',
  'mcp-remote',
  'Goose',
  'LibreChat',
]
const SOURCES = ['registered', 'registered', 'registered', 'document', 'manual'] as const
/** How often each happens, of a hundred. */
const ACTIONS: readonly (readonly [share: number, action: string, step: string, reason?: string])[] = [
  [46, 'refresh.rotated', 'token'],
  [20, 'token.issued', 'token'],
  [9, 'authorization.requested', 'authorize'],
  [7, 'user.signed_in', 'sign-in'],
  [6, 'grant.approved', 'consent'],
  [4, 'client.registered', 'register'],
  [3, 'token.revoked', 'revoke'],
  [2, 'grant.denied', 'consent'],
  [1, 'code.misused', 'token', 'pkce_mismatch'],
  [1, 'refresh.reused', 'token', 'refresh_reused'],
  [1, 'exchange.refused', 'exchange', 'subject_token_refused'],
]

const REFUSALS = ['rejected:token:pkce_mismatch', 'rejected:token:refresh_reused', 'rejected:exchange:subject_token_refused'] as const

const pick = <Item>(items: readonly Item[]): Item => items[randomInt(items.length)] as Item
const moment = (): Date => new Date(newest - Math.floor(Math.random() ** 1.4 * days * DAY_MS))

/** A UUIDv7 of another moment than now. */
function idAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomInt(0x1000).toString(16).padStart(3, '0')}${randomUUID().slice(18)}`
}

async function projectOf(slug: string): Promise<{ id: string; issuer: string }> {
  const existing = await commandLineProject(slug).catch(unlessThere)
  if (existing) return existing.project
  await createProject(await commandLineOrganisation(values.owner), {
    name: `Seeded ${slug}`,
    slug,
    resource: 'https://mcp.example.com/mcp',
  })
  return (await commandLineProject(slug)).project
}

function unlessThere(error: unknown): null {
  if (error instanceof ManagementError && error.code === 'not_found') return null
  throw error
}

async function insert<Row>(
  what: string,
  count: number,
  rowOf: (index: number) => Row,
  write: (tx: Transaction, data: Row[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const data = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => rowOf(from + index))
    await inTransaction((tx) => write(tx, data))
  }
  process.stderr.write(`${count} ${what}\n`)
}

function anAction(): (typeof ACTIONS)[number] {
  let share = randomInt(ACTIONS.reduce((sum, [weight]) => sum + weight, 0))
  for (const action of ACTIONS) {
    share -= action[0]
    if (share < 0) return action
  }
  throw new Error('the shares do not add up')
}

const { id: projectId, issuer } = await projectOf(values.project)
const clientIds = Array.from({ length: clients }, () => `client_${randomBytes(12).toString('base64url')}`)
const userIds = Array.from({ length: users }, () => `user_${randomBytes(12).toString('base64url')}`)
const grants = Array.from({ length: Math.min(users * 2, 50_000) }, () => ({
  id: idAt(moment()),
  clientId: pick(clientIds),
  userId: pick(userIds),
}))

await insert('clients', clients, clientAt, (tx, data) => tx.oAuthClient.createMany({ data }))
await insert('users', users, userAt, (tx, data) => tx.endUser.createMany({ data }))
await insert('grants', grants.length, grantAt, (tx, data) => tx.oAuthGrant.createMany({ data }))
await insert('events', events, event, (tx, data) => tx.auditEvent.createMany({ data }))
await insert('counters', Math.ceil(events / 200), counterAt, (tx, data) => tx.eventCounter.createMany({ data, skipDuplicates: true }))
await inTransaction(async (tx) => {
  await tx.project.update({ where: { id: projectId }, data: { createdAt: new Date(newest - days * DAY_MS) } })
  await tx.usageDay.deleteMany({ where: { projectId } }) // what was rolled up before there were these rows
})
process.stdout.write(`${JSON.stringify({ project: values.project, issuer, clients, users, grants: grants.length, events })}\n`)
await closeDatabase()

function clientAt(index: number) {
  const createdAt = moment()
  const name = NAMES[index % NAMES.length] ?? 'Agent'
  return {
    ...{ projectId, clientId: clientIds[index] ?? '', name: index < NAMES.length ? name : `${name} ${index}`, source: pick(SOURCES) },
    ...{ trusted: index % 3 === 0, tokenEndpointAuthMethod: 'none', redirectUris: `["https://agent-${index % 97}.example/callback"]` },
    ...{ grantTypes: '["authorization_code","refresh_token"]', metadataHash: randomBytes(32).toString('hex'), createdAt },
    ...{ lastUsedAt: index % 4 === 0 ? null : new Date(createdAt.getTime() + Math.random() * (newest - createdAt.getTime())) },
    revokedAt: index % 41 === 40 ? new Date() : null,
  }
}

function userAt(index: number) {
  const createdAt = moment()
  const email = `user-${index}-${randomBytes(3).toString('hex')}@example.com`
  return {
    projectId,
    id: userIds[index] ?? '',
    email,
    emailVerifiedAt: createdAt,
    name: `User ${index}`,
    createdAt,
    lastSignInAt: moment(),
  }
}

function grantAt(index: number) {
  const grant = grants[index] ?? pick(grants)
  const resources = '["https://mcp.example.com/mcp"]'
  return { projectId, ...grant, redirectUri: 'https://agent.example/callback', scope: 'read write', resources, createdAt: moment() }
}

function counterAt() {
  const hour = new Date(moment().setUTCMinutes(0, 0, 0))
  const kind = pick(REFUSALS)
  return { projectId, hour, kind, clientId: pick(clientIds), writer: 'seed', count: 1 + randomInt(3) }
}

function event() {
  const [, action, step, reason = null] = anAction()
  const { id: grantId, clientId, userId } = pick(grants)
  const at = moment()
  return {
    ...{ projectId, id: idAt(at), at, action, step, actorKind: 'client', actorId: clientId, reason, clientId, userId, grantId },
    address: `203.0.113.${randomInt(255)}`,
  }
}
