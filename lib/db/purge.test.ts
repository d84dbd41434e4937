import { afterAll, describe, expect, it } from 'vitest'
import { newSetting, type Setting } from '#lib/management/fixtures.ts'
import { deleteOrganisation } from '#lib/management/organisations/delete.ts'
import { deleteProject } from '#lib/management/projects/delete.ts'
import { createUser } from '#lib/management/users/create.ts'
import { closeDatabase, pool } from './client.ts'
import { redeemed } from './fixtures.ts'
import { requireDatabase } from './fixtures-postgres.ts'
import { oauthStore } from './oauth-store.ts'
import { purgeDeleted, TABLES_OF_A_PROJECT } from './purge.ts'
import { uuidv7 } from './uuid.ts'

requireDatabase()
afterAll(closeDatabase)

/** Where there is a row of it, but the row of the project itself. */
async function tablesWith(projectId: string): Promise<string[]> {
  const found: string[] = []
  for (const table of ['audit_event', ...Object.keys(TABLES_OF_A_PROJECT)]) {
    const { rowCount } = await pool().query(`SELECT 1 FROM ${table} WHERE project_id = $1 LIMIT 1`, [projectId])
    if (rowCount) found.push(table)
  }
  return found
}

async function used(): Promise<Setting> {
  const setting = await newSetting()
  await createUser(setting.ctx, { email: 'ann@example.com', password: 'correct horse battery' })
  await redeemed(oauthStore(setting.ctx.project.id))
  return setting
}

const USED = ['audit_event', 'authorization_code', 'end_user', 'issuer', 'oauth_client', 'oauth_grant', 'refresh_family', 'signing_key']

const age = (table: 'project' | 'organisation', id: string, days: number) =>
  pool().query(`UPDATE ${table} SET deleted_at = deleted_at - make_interval(days => $2) WHERE id = $1`, [id, days])

const rowsOf = async (table: 'project' | 'organisation', id: string) =>
  (await pool().query(`SELECT * FROM ${table} WHERE id = $1`, [id])).rows

const actionsIn = async (log: string) =>
  (await pool().query<{ action: string }>('SELECT action FROM audit_event WHERE project_id = $1 ORDER BY id', [log])).rows.map(
    ({ action }) => action,
  )

it('knows every table of a project', async () => {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'project_id' ORDER BY 1`,
  )
  // An API key is its organisation's, which still lists it.
  const tables = rows.map(({ name }) => name).filter((name) => name !== 'api_key' && name !== 'audit_event')
  expect(Object.keys(TABLES_OF_A_PROJECT).toSorted()).toEqual(tables.toSorted())
})

describe('a deleted project', () => {
  it('keeps its rows for thirty days, and then none but its own, which keeps the slug taken; the organisation’s log tells of it', async () => {
    const [{ ctx, owner }, other] = [await used(), await used()]
    const { id, name, slug } = ctx.project
    await deleteProject(ctx, { name })
    await age('project', id, 29)
    await purgeDeleted()
    expect(await tablesWith(id)).toEqual(expect.arrayContaining(USED))

    await age('project', id, 1)
    await purgeDeleted()
    expect(await tablesWith(id)).toEqual([])
    expect(await rowsOf('project', id)).toMatchObject([{ slug, purged_at: expect.any(Date) }])
    expect(await actionsIn(owner.organisation.id)).toContain('project.deleted')
    expect(await tablesWith(other.ctx.project.id)).toEqual(expect.arrayContaining(USED))
  })

  it('goes in batches, by several at once, and is not looked at again', async () => {
    const { ctx } = await newSetting()
    const { id, name } = ctx.project
    await pool().query(
      `INSERT INTO audit_event (project_id, id, action, step, actor_kind)
       SELECT $1, gen_random_uuid(), 'token.issued', 'token', 'client' FROM generate_series(1, 2500)`,
      [id],
    )
    await pool().query(
      `INSERT INTO event_counter (project_id, hour, kind, writer, count) SELECT $1, now(), 'k', n::text, 1 FROM generate_series(1, 2500) AS n`,
      [id],
    )
    await deleteProject(ctx, { name })
    await age('project', id, 31)
    await Promise.all([purgeDeleted(), purgeDeleted()])
    await purgeDeleted()
    expect(await tablesWith(id)).toEqual([])
    const [{ purged_at: purgedAt }] = (await rowsOf('project', id)) as [{ purged_at: Date }]
    await purgeDeleted()
    expect(await rowsOf('project', id)).toMatchObject([{ purged_at: purgedAt }])
  })
})

it('a deleted organisation goes with its log, invitations and keys after thirty days, and another’s stay', async () => {
  const [{ ctx, owner }, other] = [await newSetting(), await newSetting()]
  const { id } = owner.organisation
  for (const organisationId of [id, other.owner.organisation.id]) {
    await pool().query(
      `INSERT INTO invitation (organisation_id, id, email, role, token_hash, invited_by, expires_at)
       VALUES ($1, $2, 'ann@example.com', 'viewer', $3, $2, now() + interval '90 days')`,
      [organisationId, uuidv7(), uuidv7()],
    )
  }
  await deleteProject(ctx, { name: ctx.project.name })
  await deleteOrganisation(owner, { name: owner.organisation.name })
  const invitations = async (of: string) => (await pool().query('SELECT 1 FROM invitation WHERE organisation_id = $1', [of])).rowCount
  await age('organisation', id, 29)
  await purgeDeleted()
  expect([await actionsIn(id), await invitations(id)]).toEqual([expect.arrayContaining(['organisation.deleted']), 1])

  await age('organisation', id, 1)
  await purgeDeleted()
  expect([await rowsOf('organisation', id), await actionsIn(id), await invitations(id)]).toEqual([[], [], 0])
  expect([(await actionsIn(other.owner.organisation.id)).length > 0, await invitations(other.owner.organisation.id)]).toEqual([true, 1])
})
