import { randomUUID } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { recordAudit } from './record.ts'

requireDatabase()
afterAll(closeDatabase)

const rowsOf = async (projectId: string) =>
  (await pool().query('SELECT * FROM audit_event WHERE project_id = $1 ORDER BY id', [projectId])).rows

it('writes who did what to whom, on the clock of the database', async () => {
  const projectId = randomUUID()
  const actor = { kind: 'member', id: 'm_1' } as const
  const grantId = randomUUID()
  await inTransaction(async (tx) => {
    const revoked = { grantId, clientId: 'c_1', userId: 'user_1', reason: 'member' } as const
    await recordAudit(tx, { projectId, actor, address: '192.0.2.7' }, { action: 'grant.revoked', ...revoked })
    await recordAudit(tx, { projectId, actor }, { action: 'scope.updated', scope: 'read', changes: { description: ['old', 'new'] } })
    await recordAudit(
      tx,
      { projectId, actor: { kind: 'user', id: 'user_1' } },
      { action: 'user.signed_in', userId: 'user_1', clientId: 'c_1', requestId: 'ab12', way: 'password' },
    )
  })
  const rows = await rowsOf(projectId)
  expect(rows).toMatchObject([
    {
      ...{ action: 'grant.revoked', step: 'revoke', actor_kind: 'member', actor_id: 'm_1', client_id: 'c_1', user_id: 'user_1' },
      ...{ grant_id: grantId, reason: 'member', detail: null, address: '192.0.2.7' },
    },
    { action: 'scope.updated', step: 'manage', detail: '{"scope":"read","changes":{"description":["old","new"]}}', address: null },
    { action: 'user.signed_in', step: 'sign-in', actor_kind: 'user', user_id: 'user_1', request_id: 'ab12', detail: '{"way":"password"}' },
  ])
  expect(rows[0].at).toEqual(rows[2].at)
})

it('is undone with its transaction', async () => {
  const projectId = randomUUID()
  const undone = inTransaction(async (tx) => {
    await recordAudit(tx, { projectId, actor: { kind: 'system' } }, { action: 'project.deleted', name: 'Acme', slug: 'acme' })
    throw new RangeError('of the domain')
  })
  await expect(undone).rejects.toThrow(RangeError)
  expect(await rowsOf(projectId)).toEqual([])
})
