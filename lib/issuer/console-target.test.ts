import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { newSetting, type Setting, unique } from '#lib/management/fixtures.ts'
import { consoleTarget } from './console-target.ts'

let own: Setting
let other: Setting
let custom: string
beforeAll(async () => {
  ;[own, other] = await Promise.all([newSetting(), newSetting()])
  custom = `https://${unique('login')}.example`
  await prisma().issuer.create({ data: { projectId: own.ctx.project.id, url: custom, kind: 'custom', isPrimary: false } })
})
afterAll(closeDatabase)

const at = (slug: string, issuer?: string, page = 'endpoints') =>
  consoleTarget(
    new URL(`http://localhost:3000/projects/${slug}/${page}${issuer === undefined ? '' : `?${new URLSearchParams({ issuer })}`}`),
  )

it('is the origin of an issuer of the project whose page it is', async () => {
  expect(await at(own.created.slug, custom)).toBe(custom)
  expect(await at(own.created.slug, own.created.issuer)).toBe(new URL(own.created.issuer).origin)
})

it('is nothing for another project’s issuer, for one that does not exist, for no URL, and on every other page', async () => {
  expect(await at(other.created.slug, custom)).toBeNull()
  for (const asked of [
    undefined,
    '',
    'https://evil.example',
    'javascript:alert(1)',
    `${custom} https://evil.example`,
    `${custom}\0`,
    '*',
  ]) {
    expect([asked, await at(own.created.slug, asked)]).toEqual([asked, null])
  }
  expect(await at(own.created.slug, custom, 'settings')).toBeNull()
  expect(await at(own.created.slug, custom, 'endpoints/x')).toBeNull()
})
