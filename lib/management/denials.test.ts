import { beforeEach, describe, expect, it } from 'vitest'
import { flushCounters } from '#lib/audit/stream.ts'
import { prisma } from '#lib/db/client.ts'
import { type ManagementContext, requirePermission } from './context.ts'
import { recordRefusal, recordTrespass } from './denials.ts'
import { as, newSetting, type Setting, unique } from './fixtures.ts'

let mine: Setting
beforeEach(async () => {
  mine = await newSetting()
})

const denialsIn = (projectId: string) => prisma().auditEvent.findMany({ where: { projectId, action: 'authz.denied' } })

function refusal(ctx: ManagementContext): unknown {
  try {
    requirePermission(ctx, 'client:write')
  } catch (error) {
    return error
  }
  throw new Error('it was allowed')
}

describe('a refusal by role', () => {
  it('is one row of the project’s log, with who, what and from where, and the rest of the minute is counted', async () => {
    const viewer = await as('viewer', mine.ctx)
    for (let i = 0; i < 5; i++) await recordRefusal(refusal(viewer))
    expect(await denialsIn(mine.ctx.project.id)).toMatchObject([
      { actorKind: 'member', actorId: viewer.actor.id, detail: '{"permission":"client:write"}', address: '192.0.2.1' },
    ])
    await flushCounters()
    const counted = await prisma().eventCounter.aggregate({
      where: { projectId: mine.ctx.project.id, kind: 'authz.denied' },
      _sum: { count: true },
    })
    expect(counted._sum.count).toBe(4)
  })

  it('is told of each member', async () => {
    await recordRefusal(refusal(await as('viewer', mine.ctx)))
    await recordRefusal(refusal(await as('auditor', mine.ctx)))
    expect(await denialsIn(mine.ctx.project.id)).toHaveLength(2)
  })

  it('of an organisation’s verb lies in the organisation’s log', async () => {
    const error = await Promise.resolve()
      .then(() => requirePermission({ ...mine.owner, permissions: new Set() }, 'member:write'))
      .catch((thrown: unknown) => thrown)
    await recordRefusal(error)
    expect(await denialsIn(mine.owner.organisation.id)).toHaveLength(1)
    expect(await denialsIn(mine.ctx.project.id)).toHaveLength(0)
  })

  it('every other error is none', async () => {
    await recordRefusal(new Error('of ours'))
    await recordRefusal(null)
    expect(await denialsIn(mine.ctx.project.id)).toHaveLength(0)
  })
})

describe('asking for another organisation’s project', () => {
  it('is one row of the asker’s own log and none of the other’s, however often', async () => {
    const theirs = await newSetting()
    for (let i = 0; i < 3; i++) await recordTrespass(mine.owner, theirs.ctx.project.slug)
    expect(await denialsIn(mine.owner.organisation.id)).toMatchObject([
      { actorId: mine.owner.actor.id, detail: JSON.stringify({ permission: 'project:read', project: theirs.ctx.project.slug }) },
    ])
    expect([...(await denialsIn(theirs.owner.organisation.id)), ...(await denialsIn(theirs.ctx.project.id))]).toEqual([])
  })

  it('a project that does not exist is a typing error', async () => {
    await recordTrespass(mine.owner, unique('unknown'))
    await recordTrespass(mine.owner, 'x'.repeat(100_000))
    expect(await denialsIn(mine.owner.organisation.id)).toEqual([])
  })
})
