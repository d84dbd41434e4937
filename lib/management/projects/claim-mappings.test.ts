import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import { RESERVED_CLAIMS } from '#lib/oauth/access-token.ts'
import type { ManagementContext } from '../context.ts'
import { auditRows, newSetting } from '../fixtures.ts'
import { getProject } from './get.ts'
import { claimMappingOf } from './inputs.ts'
import { updateProject } from './update.ts'

const PLAN = { claim: 'https://acme.example/plan', from: 'plan' }

let ctx: ManagementContext
beforeAll(async () => {
  ctx = (await newSetting()).ctx
})
afterAll(closeDatabase)

describe('the custom claims of a project', () => {
  it('are kept, told, part of the issuer, and recorded', async () => {
    const claimMappings = [PLAN, { claim: 'urn:acme:seats', from: 'seats' }]
    await updateProject(ctx, { claimMappings })
    expect((await getProject(ctx)).settings.claimMappings).toEqual(claimMappings)
    expect((await resolveIssuer(ctx.project.issuer))?.claimMappings).toEqual(claimMappings)
    const row = (await auditRows(ctx)).find(({ action }) => action === 'project.updated')
    expect(Object.keys(JSON.parse(row?.detail ?? '{}').changes)).toEqual(['claimMappings'])
  })

  it.each([...RESERVED_CLAIMS])('never have the name %s', async (claim) => {
    await expect(updateProject(ctx, { claimMappings: [{ claim, from: 'plan' }] })).rejects.toMatchObject({
      ...{ code: 'invalid', fields: { 'claimMappings.0.claim': expect.stringMatching(/URI of yours/) } },
    })
  })

  it.each([
    ['a name without a place', { ...PLAN, claim: 'plan' }],
    ['a claim of OpenID Connect', { ...PLAN, claim: 'email_verified' }],
    ['http', { ...PLAN, claim: 'http://acme.example/plan' }],
    ['https with nothing behind it', { ...PLAN, claim: 'https://' }],
    ['a blank in it', { ...PLAN, claim: 'https://acme.example/the plan' }],
    ['more than 200 characters', { ...PLAN, claim: `https://acme.example/${'a'.repeat(200)}` }],
    ['no attribute', { ...PLAN, from: '' }],
    ['an attribute with a blank', { ...PLAN, from: 'the plan' }],
  ])('have no %s', async (_, mapping) => {
    await expect(updateProject(ctx, { claimMappings: [mapping] })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are at most twenty, and none twice', async () => {
    const many = Array.from({ length: 21 }, (_, n) => ({ claim: `urn:acme:${n}`, from: 'plan' }))
    await expect(updateProject(ctx, { claimMappings: many })).rejects.toMatchObject({ code: 'invalid' })
    await expect(updateProject(ctx, { claimMappings: [PLAN, { ...PLAN, from: 'other' }] })).rejects.toMatchObject({ code: 'invalid' })
    await expect(updateProject(ctx, { claimMappings: many.slice(1) })).resolves.toBeUndefined()
  })

  it('may be typed one in a line', () => {
    expect(claimMappingOf('https://acme.example/plan = plan')).toEqual(PLAN)
    expect(claimMappingOf('https://acme.example/?a=b=plan')).toEqual({ claim: 'https://acme.example/?a=b', from: 'plan' })
    expect(claimMappingOf('plan')).toEqual({ claim: 'plan', from: '' })
  })
})

describe('the attributes of a user', () => {
  it('are an object of at most 4 KB, and set for a user of this project only', async () => {
    const { setUserAttributes } = await import('../users/set-attributes.ts')
    const set = (attributes: Record<string, unknown>) => setUserAttributes(ctx, { userId: 'nobody', attributes })
    await expect(set({ a: 'a'.repeat(4_089) })).rejects.toMatchObject({ code: 'invalid' })
    await expect(set({ '': 1 })).rejects.toMatchObject({ code: 'invalid' })
    await expect(set({ a: 'a'.repeat(4_088) })).rejects.toMatchObject({ code: 'not_found' })
  })
})
