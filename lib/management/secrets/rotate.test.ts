import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { getProject } from '../projects/get.ts'
import { createProjectSecret } from './create.ts'
import { listProjectSecrets } from './list.ts'
import { revokeProjectSecret } from './revoke.ts'
import { rotateProjectSecret } from './rotate.ts'
import { rotateProjectSecrets } from './rotate-all.ts'

const living = (ctx: ManagementContext, kind: string) =>
  prisma().$queryRaw<{ hash: string }[]>`
    SELECT secret_hash AS hash FROM project_secret WHERE project_id = ${ctx.project.id}::uuid AND kind = ${kind}
    AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at`

it('ends the old secret at once without an overlap, and leaves the other kind alone', async () => {
  const { ctx, created } = await newSetting()
  const { secret } = await rotateProjectSecrets(ctx, { kind: 'server', overlapHours: 0 })

  expect(secret).toMatch(/^gate_srv_[\w-]{43}$/)
  expect(await living(ctx, 'server')).toEqual([{ hash: sha256Hex(secret) }])
  expect(await living(ctx, 'registration')).toEqual([{ hash: sha256Hex(created.registrationSecret) }])
})

it('keeps the old secret for its overlap, and a later rotation never lengthens it', async () => {
  const { ctx, created } = await newSetting()
  const second = await rotateProjectSecrets(ctx, { kind: 'server', overlapHours: 1 })
  const third = await rotateProjectSecrets(ctx, { kind: 'server', overlapHours: 48 })

  expect(await living(ctx, 'server')).toEqual(
    [created.serverSecret, second.secret, third.secret].map((secret) => ({ hash: sha256Hex(secret) })),
  )
  const { secrets } = await getProject(ctx)
  const hoursLeft = secrets
    .filter((secret) => secret.kind === 'server')
    .map((secret) => secret.expiresAt && Math.round((secret.expiresAt.getTime() - Date.now()) / 3_600_000))
  expect(hoursLeft).toEqual([null, 48, 1])
})

it('leaves one secret that does not end, however many rotate at the same moment', async () => {
  const { ctx } = await newSetting()
  await Promise.all(Array.from({ length: 6 }, () => rotateProjectSecrets(ctx, { kind: 'server', overlapHours: 24 })))
  const endless = { projectId: ctx.project.id, kind: 'server', expiresAt: null }
  expect(await prisma().projectSecret.count({ where: endless })).toBe(1)
})

it('revokes a secret in its overlap, once', async () => {
  const { ctx } = await newSetting()
  const { secret } = await rotateProjectSecrets(ctx, { kind: 'server', overlapHours: 24 })
  const old = (await getProject(ctx)).secrets.find((each) => each.kind === 'server' && each.expiresAt !== null)
  await revokeProjectSecret(ctx, { secretId: old?.id ?? '' })

  expect(await living(ctx, 'server')).toEqual([{ hash: sha256Hex(secret) }])
  await expect(revokeProjectSecret(ctx, { secretId: old?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' })
})

it.each([-1, 0.5, 721, 'x'])('refuses an overlap of %s hours', async (overlapHours) => {
  const { ctx } = await newSetting()
  await expect(rotateProjectSecrets(ctx, { kind: 'server', overlapHours })).rejects.toMatchObject({ code: 'invalid' })
})

describe('a secret among others of its kind', () => {
  const served = (ctx: ManagementContext) => listProjectSecrets(ctx, { kind: 'server' }).then(({ secrets }) => secrets)

  it('is made beside those that live, with a name', async () => {
    const { ctx, created } = await newSetting()
    const { secret, secretId } = await createProjectSecret(ctx, { kind: 'server', name: 'Worker' })
    expect(await living(ctx, 'server')).toEqual([created.serverSecret, secret].map((each) => ({ hash: sha256Hex(each) })))
    expect(await served(ctx)).toMatchObject([
      { id: secretId, name: 'Worker', hint: `gate_srv_…${secret.slice(-4)}`, lastUsedAt: null, lastUsedFrom: null, expiresAt: null },
      { name: '' },
    ])
  })

  it('is rotated alone: it keeps its name, and the others do not end', async () => {
    const { ctx, created } = await newSetting()
    const old = await createProjectSecret(ctx, { kind: 'server', name: 'Worker' })
    const fresh = await rotateProjectSecret(ctx, { secretId: old.secretId, overlapHours: 0 })
    expect(await living(ctx, 'server')).toEqual([created.serverSecret, fresh.secret].map((each) => ({ hash: sha256Hex(each) })))
    expect((await served(ctx)).map(({ name }) => name)).toEqual(['Worker', ''])
    await expect(rotateProjectSecret(ctx, { secretId: old.secretId, overlapHours: 0 })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('in its overlap is not rotated again, which would lengthen its life', async () => {
    const { ctx } = await newSetting()
    const old = await createProjectSecret(ctx, { kind: 'server', name: 'Worker' })
    await rotateProjectSecret(ctx, { secretId: old.secretId, overlapHours: 1 })
    await expect(rotateProjectSecret(ctx, { secretId: old.secretId, overlapHours: 48 })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is one of ten at most, also when eleven are made at the same moment', async () => {
    const { ctx } = await newSetting()
    const made = await Promise.allSettled(
      Array.from({ length: 11 }, (_, index) => createProjectSecret(ctx, { kind: 'server', name: `Worker ${index}` })),
    )
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(9)
    const secrets = await served(ctx)
    expect(secrets).toHaveLength(10)
    const [some] = secrets
    await expect(rotateProjectSecret(ctx, { secretId: some?.id ?? '', overlapHours: 1 })).rejects.toMatchObject({ code: 'conflict' })
    await rotateProjectSecret(ctx, { secretId: some?.id ?? '', overlapHours: 0 })
    expect(await served(ctx)).toHaveLength(10)
    await createProjectSecret(ctx, { kind: 'registration', name: 'Another kind' })
  })
})
