import { describe, expect, it } from 'vitest'
import { auditRows, newSetting } from '../fixtures.ts'
import { getProject } from './get.ts'
import { DEFAULT_SETTINGS, type UpdateProjectInput } from './inputs.ts'
import { updateProject } from './update.ts'

const DAY = 86_400

it('a new project has exactly the values that the settings call defaults', async () => {
  const { ctx } = await newSetting()
  expect((await getProject(ctx)).settings).toEqual(DEFAULT_SETTINGS)
})

it('a change of several settings is one row with what each was before; what stays the same is not in it', async () => {
  const { ctx } = await newSetting()
  const before = await auditRows(ctx)
  await updateProject(ctx, { refreshIdleSeconds: 7 * DAY, auditRetentionDays: null, keyRotationDays: '30', tokenType: 'bearer' })
  const [row, ...more] = (await auditRows(ctx)).slice(before.length)
  expect(more).toEqual([])
  expect(JSON.parse(row?.detail ?? '')).toEqual({
    changes: {
      refreshIdleSeconds: { before: 30 * DAY, after: 7 * DAY },
      auditRetentionDays: { before: 365, after: null },
      keyRotationDays: { before: 90, after: 30 },
    },
  })
})

it('a form says never as an empty text', async () => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { auditRetentionDays: '', keyRotationDays: '' })
  expect((await getProject(ctx)).settings).toMatchObject({ auditRetentionDays: null, keyRotationDays: null })
})

describe('an unused refresh token never lives longer than the whole sign-in', () => {
  it.each([
    [{ refreshIdleSeconds: 91 * DAY }],
    [{ refreshAbsoluteSeconds: 29 * DAY }],
    [{ refreshIdleSeconds: 2 * DAY, refreshAbsoluteSeconds: DAY }],
  ])('%j is refused, and changes nothing', async (input) => {
    const { ctx } = await newSetting()
    await expect(updateProject(ctx, input)).rejects.toMatchObject({ code: 'invalid', fields: { refreshIdleSeconds: expect.any(String) } })
    expect((await getProject(ctx)).settings).toEqual(DEFAULT_SETTINGS)
  })

  it('both may be as long', async () => {
    const { ctx } = await newSetting()
    await updateProject(ctx, { refreshIdleSeconds: DAY, refreshAbsoluteSeconds: DAY })
    expect((await getProject(ctx)).settings).toMatchObject({ refreshIdleSeconds: DAY, refreshAbsoluteSeconds: DAY })
  })
})

it.each<UpdateProjectInput>([
  { accessTokenTtlSeconds: 86_401 },
  { accessTokenTtlSeconds: 599 },
  { refreshIdleSeconds: 3_599 },
  { refreshAbsoluteSeconds: 366 * DAY },
  { keyRotationDays: 0 },
  { keyRotationDays: 731 },
  { auditRetentionDays: 3_651 },
  { auditRetentionDays: 1.5 },
  { auditRetentionDays: 'x' },
])('%j is refused', async (input) => {
  const { ctx } = await newSetting()
  await expect(updateProject(ctx, input)).rejects.toMatchObject({
    code: 'invalid',
    fields: { [Object.keys(input)[0] ?? '']: expect.any(String) },
  })
  expect((await getProject(ctx)).settings).toEqual(DEFAULT_SETTINGS)
})
