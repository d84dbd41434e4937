import { afterAll, expect, it } from 'vitest'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { projectWithKeys, withIdTokenKeys } from './fixtures.ts'
import { rotateSigningKey } from './rotate.ts'
import { rotateDueKeys } from './rotate-due.ts'

requireDatabase()
afterAll(closeDatabase)

const keysOf = async (projectId: string): Promise<string[]> =>
  (
    await pool().query<{ purpose: string; state: string; kid: string }>(
      'SELECT purpose, state, kid FROM signing_key WHERE project_id = $1 ORDER BY purpose, state, created_at',
      [projectId],
    )
  ).rows.map(({ purpose, state, kid }) => `${purpose} ${state} ${kid}`)
const statesOf = async (projectId: string) => (await keysOf(projectId)).map((key) => key.split(' ').slice(0, 2).join(' '))
const told = async (projectId: string) =>
  (await pool().query('SELECT action, actor_kind, actor_id FROM audit_event WHERE project_id = $1', [projectId])).rows
/** Both have been there for so long; the next one is known to every cache. */
const age = (projectId: string, days: number, purpose = '%') =>
  pool().query(
    `UPDATE signing_key SET created_at = created_at - make_interval(days => $2), activated_at = activated_at - make_interval(days => $2)
     WHERE project_id = $1 AND purpose LIKE $3 AND state IN ('current', 'next')`,
    [projectId, days, purpose],
  )
const every = (projectId: string, days: number | null) =>
  pool().query('UPDATE project SET key_rotation_days = $2 WHERE id = $1', [projectId, days])

it('rotates a key that has signed for as long as its project lets one, and says that the timer did it', async () => {
  const projectId = await projectWithKeys()
  await every(projectId, 30)
  await age(projectId, 31)
  expect(await rotateDueKeys()).toBeGreaterThanOrEqual(1)
  expect(await statesOf(projectId)).toEqual(['access-token current', 'access-token next', 'access-token previous'])
  expect(await told(projectId)).toEqual([{ action: 'key.rotated', actor_kind: 'system', actor_id: 'key-rotation' }])
})

it('rotates once, however many processes find the key due at the same moment or look again later', async () => {
  const projectId = await projectWithKeys()
  await every(projectId, 30)
  await age(projectId, 31)
  await Promise.all([rotateDueKeys(), rotateDueKeys(), rotateDueKeys()])
  const after = await keysOf(projectId)
  await rotateDueKeys()
  expect(await keysOf(projectId)).toEqual(after)
  expect(await told(projectId)).toHaveLength(1)
})

it('leaves alone what another process has rotated since it looked, even when the next key is ready', async () => {
  const projectId = await projectWithKeys()
  const [seen = ''] = (await keysOf(projectId)).map((key) => key.split(' ')[2])
  const by = { projectId, actor: { kind: 'system', id: 'key-rotation' } } as const
  await rotateSigningKey(by, 'access-token', seen)
  await age(projectId, 1)
  const after = await keysOf(projectId)
  expect(await rotateSigningKey(by, 'access-token', seen)).toEqual({ outcome: 'done_already' })
  expect(await keysOf(projectId)).toEqual(after)
})

it('keeps a key that is younger, or that is rotated by hand only, and those of deleted projects', async () => {
  const [young, byHand, deleted] = [await projectWithKeys(), await projectWithKeys(), await projectWithKeys()]
  await every(young, 30)
  await age(young, 29)
  await every(byHand, null)
  await age(byHand, 4_000)
  await age(deleted, 4_000)
  await pool().query('UPDATE project SET deleted_at = now() WHERE id = $1', [deleted])
  const before = [await keysOf(young), await keysOf(byHand), await keysOf(deleted)]
  await rotateDueKeys()
  expect([await keysOf(young), await keysOf(byHand), await keysOf(deleted)]).toEqual(before)
})

it('rotates keys for id_tokens by their own age', async () => {
  const projectId = await withIdTokenKeys(await projectWithKeys())
  await every(projectId, 30)
  await age(projectId, 31, 'id-token')
  await rotateDueKeys()
  expect(await statesOf(projectId)).toEqual([
    ...['access-token current', 'access-token next'],
    ...['id-token current', 'id-token next', 'id-token previous'],
  ])
})
