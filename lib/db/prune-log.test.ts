import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { closeDatabase, pool } from './client.ts'
import { requireDatabase } from './fixtures-postgres.ts'
import { prune } from './prune.ts'
import { pruneLogs } from './prune-log.ts'
import { inTransaction } from './transaction.ts'
import { uuidv7 } from './uuid.ts'
import { uuidBound, uuidMoment } from './uuid-bound.ts'

requireDatabase()
afterAll(closeDatabase)

const DAY_MS = 86_400_000
const daysAgo = (days: number): string => `${uuidBound(new Date(Date.now() - days * DAY_MS)).slice(0, 13)}-7${randomUUID().slice(15)}`

async function newProject(auditRetentionDays: number | null): Promise<string> {
  const id = uuidv7()
  await inTransaction((tx) =>
    tx.project.create({ data: { id, organisationId: uuidv7(), slug: `log-${id}`, name: 'Log', auditRetentionDays } }),
  )
  return id
}

async function write(log: string, ages: readonly number[]): Promise<void> {
  const text = `INSERT INTO audit_event (project_id, id, action, step, actor_kind)
    SELECT $1, id, 'token.issued', 'token', 'client' FROM unnest($2::uuid[]) AS id`
  await pool().query(text, [log, ages.map(daysAgo)])
}

/** How old what is left is, in whole days. */
async function agesIn(log: string): Promise<number[]> {
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM audit_event WHERE project_id = $1 ORDER BY id DESC', [log])
  return rows.map(({ id }) => Math.round((Date.now() - uuidMoment(id).getTime()) / DAY_MS))
}

it('takes what is older than the project keeps, nothing of a project that keeps its log for ever, and of an organisation’s after a year', async () => {
  const [month, always] = [await newProject(30), await newProject(null)]
  const organisation = uuidv7()
  await inTransaction((tx) => tx.organisation.create({ data: { id: organisation, name: 'Organisation' } }))
  await write(month, [0, 29, 31, 400])
  await write(always, [0, 31, 5_000])
  await write(organisation, [0, 364, 366])
  await prune()
  expect(await agesIn(month)).toEqual([0, 29])
  expect(await agesIn(always)).toEqual([0, 31, 5_000])
  expect(await agesIn(organisation)).toEqual([0, 364])
})

it('follows the setting: what was kept goes when less is to be kept', async () => {
  const project = await newProject(365)
  await write(project, [1, 10])
  await pruneLogs()
  expect(await agesIn(project)).toEqual([1, 10])
  await inTransaction((tx) => tx.project.update({ where: { id: project }, data: { auditRetentionDays: 7 } }))
  await pruneLogs()
  expect(await agesIn(project)).toEqual([1])
})

it('takes more than one batch, several at once', async () => {
  const project = await newProject(7)
  await write(project, [1, ...Array.from({ length: 2_500 }, () => 8)])
  const deleted = await Promise.all([pruneLogs(), pruneLogs()])
  expect(deleted.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(2_500)
  expect(await agesIn(project)).toEqual([1])
})

it('takes deliveries of webhooks with their attempts after a month, and what members left behind', async () => {
  const [project, member, organisation] = [await newProject(null), randomUUID(), randomUUID()]
  const [old, recent] = [daysAgo(31), daysAgo(29)]
  for (const id of [old, recent]) {
    await pool().query(
      `INSERT INTO webhook_delivery (project_id, id, endpoint_id, action, payload) VALUES ($1, $2, $3, 'token.issued', '{}')`,
      [project, id, randomUUID()],
    )
    await pool().query('INSERT INTO webhook_attempt (project_id, delivery_id, number, milliseconds) VALUES ($1, $2, 1, 5)', [project, id])
  }
  for (const [name, over] of [
    ['over', '-1 second'],
    ['living', '1 hour'],
  ]) {
    await pool().query(
      `INSERT INTO member_session (member_id, id, authenticated_at, way, expires_at) VALUES ($1, $2, now(), 'password', now() + $3::interval)`,
      [member, randomUUID(), over],
    )
    await pool().query(
      `INSERT INTO member_challenge (id_hash, purpose, member_id, expires_at) VALUES ($1, 'reset', $2, now() + $3::interval)`,
      [`${name}-${member}`, member, over],
    )
  }
  for (const days of [29, 31]) {
    await pool().query(
      `INSERT INTO invitation (organisation_id, id, email, role, token_hash, invited_by, expires_at)
       VALUES ($1, $2, 'ann@example.com', 'viewer', $3, $4, now() - make_interval(days => $5))`,
      [organisation, randomUUID(), randomUUID(), member, days],
    )
  }

  await prune()
  const left = async (text: string, of: string) => (await pool().query<{ left: unknown }>(text, [of])).rows.map((row) => row.left)
  expect(await left('SELECT id AS left FROM webhook_delivery WHERE project_id = $1', project)).toEqual([recent])
  expect(await left('SELECT delivery_id AS left FROM webhook_attempt WHERE project_id = $1', project)).toEqual([recent])
  expect(await left('SELECT expires_at > now() AS left FROM member_session WHERE member_id = $1', member)).toEqual([true])
  expect(await left('SELECT id_hash AS left FROM member_challenge WHERE member_id = $1', member)).toEqual([`living-${member}`])
  const young = `SELECT expires_at > now() - interval '30 days' AS left FROM invitation WHERE organisation_id = $1`
  expect(await left(young, organisation)).toEqual([true])
})

it('B28 is the only code that takes a row out of the log, and none alters one', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const sources = ['lib', 'app', 'components', 'prisma']
    .flatMap((place) => readdirSync(path.join(root, place), { recursive: true }).map((name) => `${place}/${name}`))
    .filter((file) => /\.(tsx?|mjs|sql)$/.test(file) && !/\/generated\/|\.test\.ts$|\/fixtures/.test(file))
  const touches = /(delete\s+from|update|truncate(\s+table)?)\s+"?audit_event"?|auditEvent\s*\.\s*(delete|update|upsert)/i
  const found = sources.filter((file) => touches.test(readFileSync(path.join(root, file), 'utf8')))
  expect(sources.length).toBeGreaterThan(300)
  expect(found).toEqual(['lib/db/prune-log.ts'])
})
