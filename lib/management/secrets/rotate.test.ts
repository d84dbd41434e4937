import { expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { getProject } from '../projects/get.ts'
import { revokeProjectSecret } from './revoke.ts'
import { rotateProjectSecret } from './rotate.ts'

const living = (ctx: ManagementContext, kind: string) =>
  prisma().$queryRaw<{ hash: string }[]>`
    SELECT secret_hash AS hash FROM project_secret WHERE project_id = ${ctx.project.id}::uuid AND kind = ${kind}
    AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at`

it('ends the old secret at once without an overlap, and leaves the other kind alone', async () => {
  const { ctx, created } = await newSetting()
  const { secret } = await rotateProjectSecret(ctx, { kind: 'server', overlapHours: 0 })

  expect(secret).toMatch(/^gate_srv_[\w-]{43}$/)
  expect(await living(ctx, 'server')).toEqual([{ hash: sha256Hex(secret) }])
  expect(await living(ctx, 'registration')).toEqual([{ hash: sha256Hex(created.registrationSecret) }])
})

it('keeps the old secret for its overlap, and a later rotation never lengthens it', async () => {
  const { ctx, created } = await newSetting()
  const second = await rotateProjectSecret(ctx, { kind: 'server', overlapHours: 1 })
  const third = await rotateProjectSecret(ctx, { kind: 'server', overlapHours: 48 })

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
  await Promise.all(Array.from({ length: 6 }, () => rotateProjectSecret(ctx, { kind: 'server', overlapHours: 24 })))
  const endless = { projectId: ctx.project.id, kind: 'server', expiresAt: null }
  expect(await prisma().projectSecret.count({ where: endless })).toBe(1)
})

it('revokes a secret in its overlap, once', async () => {
  const { ctx } = await newSetting()
  const { secret } = await rotateProjectSecret(ctx, { kind: 'server', overlapHours: 24 })
  const old = (await getProject(ctx)).secrets.find((each) => each.kind === 'server' && each.expiresAt !== null)
  await revokeProjectSecret(ctx, { secretId: old?.id ?? '' })

  expect(await living(ctx, 'server')).toEqual([{ hash: sha256Hex(secret) }])
  await expect(revokeProjectSecret(ctx, { secretId: old?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' })
})

it.each([-1, 0.5, 721, 'x'])('refuses an overlap of %s hours', async (overlapHours) => {
  const { ctx } = await newSetting()
  await expect(rotateProjectSecret(ctx, { kind: 'server', overlapHours })).rejects.toMatchObject({ code: 'invalid' })
})
