import { expect, it } from 'vitest'
import { pool, prisma } from '#lib/db/client.ts'
import { approval, event, newRequest, registered } from '#lib/db/fixtures.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { newSetting } from '../fixtures.ts'
import { createUser } from './create.ts'
import { deleteUser } from './delete.ts'
import { disableUser } from './disable.ts'

const PLACE_HASH = 'a'.repeat(64)

async function newRace() {
  const { ctx } = await newSetting()
  const projectId = ctx.project.id
  const store = oauthStore(projectId)
  const { id: userId } = await createUser(ctx, { email: 'ann@example.com', password: 'correct horse battery' })
  const clientId = await registered(store)
  const approve = async () => {
    const request = newRequest(clientId)
    await store.createAuthorizationRequest(request, null, event('authorization.requested'))
    return () => store.approveRequest(request.idHash, approval({ userId }), PLACE_HASH, event('grant.approved'))
  }
  const livingGrants = () => prisma().oAuthGrant.count({ where: { projectId, userId, revokedAt: null } })
  return { ctx, projectId, userId, clientId, approve, livingGrants }
}

type Waiting = (count: number) => Promise<void>

/** Runs `work` while a connection of its own holds that row, which both sides of a race come by. `waiting`: until so many stand behind it. */
async function whileHeld<T>(text: string, values: readonly unknown[], work: (waiting: Waiting) => Promise<T>): Promise<T> {
  const holder = await pool().connect()
  try {
    await holder.query('BEGIN')
    const { rows } = await holder.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid FROM ${text}`, [...values])
    const [held] = rows
    if (!held) throw new Error('there is no such row to hold')
    return await work(async (count) => {
      await expect.poll(() => countBehind(held.pid), { timeout: 5_000, interval: 20 }).toBe(count)
    })
  } finally {
    await holder.query('ROLLBACK')
    holder.release()
  }
}

/** How many connections wait for that one, or for one that does. */
async function countBehind(pid: number): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `WITH RECURSIVE waits AS (
       SELECT pid, unnest(pg_blocking_pids(pid)) AS blocker FROM pg_stat_activity WHERE datname = current_database()
     ), behind AS (
       SELECT pid FROM waits WHERE blocker = $1 UNION SELECT waits.pid FROM waits JOIN behind ON waits.blocker = behind.pid
     )
     SELECT count(*)::int AS count FROM behind`,
    [pid],
  )
  return rows[0]?.count ?? 0
}

const HOLD_CLIENT = 'oauth_client WHERE project_id = $1 AND client_id = $2 FOR UPDATE'
const HOLD_MEMORY = 'remembered_consent WHERE project_id = $1 AND user_id = $2 FOR UPDATE'

it.each([
  ['deletes', deleteUser],
  ['disables', disableUser],
])('whoever %s a user waits for the approval under way, and ends its grant', async (_, end) => {
  const { ctx, projectId, userId, clientId, approve, livingGrants } = await newRace()
  const answer = await approve()
  const [outcome, ended] = await whileHeld(HOLD_CLIENT, [projectId, clientId], async (waiting) => {
    const approving = answer()
    await waiting(1)
    const ending = end(ctx, { userId })
    await waiting(2)
    return [approving, ending] as const
  })
  expect(await outcome).toBe('approved')
  await ended
  expect(await livingGrants()).toBe(0)
})

it.each([
  ['deleted', deleteUser],
  ['disabled', disableUser],
])('an approval waits for whoever is being %s, and makes no grant', async (_, end) => {
  const { ctx, projectId, userId, approve, livingGrants } = await newRace()
  expect(await (await approve())()).toBe('approved')
  const answer = await approve()
  const [outcome, ended] = await whileHeld(HOLD_MEMORY, [projectId, userId], async (waiting) => {
    const ending = end(ctx, { userId })
    await waiting(1)
    const approving = answer()
    await waiting(2)
    return [approving, ending] as const
  })
  await ended
  expect(await outcome).toBe('expired')
  expect(await livingGrants()).toBe(0)
})

it('a user who was deleted a moment ago approves nothing', async () => {
  const { ctx, userId, approve, livingGrants } = await newRace()
  const answer = await approve()
  await deleteUser(ctx, { userId })
  expect(await answer()).toBe('expired')
  expect(await livingGrants()).toBe(0)
})
