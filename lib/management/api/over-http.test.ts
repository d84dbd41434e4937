import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { prisma } from '#lib/db/client.ts'
import { PERMISSIONS } from '../context.ts'
import { newSetting, type Setting } from '../fixtures.ts'
import type { Operation } from '../operation.ts'
import { operations as all } from '../operations.ts'
import { managementApiDocument } from './document.ts'
import { allSamples, keyFor, requestFor } from './fixtures.ts'
import { inputShapeOf } from './input-shape.ts'
import { answering } from './router.ts'
import { forPrograms, fullPathOf, pathFieldsOf } from './routes.ts'

const operations = forPrograms(all)
const samples = await allSamples()
const answer = answering(operations)

const sampleOf = ({ id }: Operation) => {
  const sample = samples[id]
  if (!sample) throw new Error(`${id} has no sample`)
  return sample
}

const logOf = (operation: Operation, { owner, ctx }: Setting): string =>
  operation.of === 'project' ? ctx.project.id : owner.organisation.id

const rowsIn = (projectId: string) => prisma().auditEvent.findMany({ where: { projectId }, orderBy: { id: 'asc' } })

type Failure = { readonly error: { readonly code: string; readonly message: string } }

const failure = async (response: Response): Promise<[number, string]> => [response.status, ((await response.json()) as Failure).error.code]

it('no two operations answer at one address', () => {
  const places = operations.map((operation) => `${operation.method} ${fullPathOf(operation).replace(/\{\w+\}/g, '{}')}`)
  expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([])
})

let foreignKey: string
beforeAll(async () => {
  foreignKey = (await keyFor((await newSetting()).owner, PERMISSIONS)).key
})

describe.each(operations.map((operation) => ({ id: operation.id, operation })))('$id over HTTP', ({ operation }) => {
  it('has its path’s names among the fields of its input', () => {
    expect(Object.keys(inputShapeOf(operation).path).toSorted()).toEqual(pathFieldsOf(operation).toSorted())
  })

  it('is done with a key that may; what is asked and answered is as the reference says, and the key stands in the audit log', async () => {
    const setting = await newSetting()
    const { id, key } = await keyFor(setting.owner, PERMISSIONS)
    const input = await sampleOf(operation).input(setting)
    expectDescribed(operation, input)
    const before = new Set((await rowsIn(logOf(operation, setting))).map((row) => row.id))

    const response = await answer(requestFor(operation, setting.ctx.project.slug, input, key))
    const text = await response.text()
    expect([operation.id, response.status, response.ok ? '' : text]).toEqual([operation.id, expect.toBeOneOf([200, 201, 204]), ''])
    expect(response.headers.get('cache-control')).toBe('no-store')

    const written = (await rowsIn(logOf(operation, setting))).filter((row) => !before.has(row.id))
    expect(written.map((row) => [row.action, row.actorKind, row.actorId])).toEqual(
      operation.audit === null ? [] : [[operation.audit, 'api-key', id]],
    )
    expectAsDescribed(operation, response.status, text)
  })

  it('is refused without a key, with one that lacks the permission, and with one of another organisation', async () => {
    const setting = await newSetting()
    const input = await sampleOf(operation).input(setting)
    const ask = async (key: string | null) => failure(await answer(requestFor(operation, setting.ctx.project.slug, input, key)))
    const lacking = await keyFor(
      setting.owner,
      PERMISSIONS.filter((permission) => permission !== operation.permission),
    )

    expect(await ask(null)).toEqual([401, 'unauthenticated'])
    expect(await ask(lacking.key)).toEqual([403, 'forbidden'])
    if (operation.of === 'project' || sampleOf(operation).byId) expect(await ask(foreignKey)).toEqual([404, 'not_found'])
  })
})

/** The input is what the published schema says. */
function expectDescribed(operation: Operation, input: unknown): void {
  const { path, rest, components } = inputShapeOf(operation)
  const given = Object.entries(input ?? {}).filter(([name, value]) => !Object.hasOwn(path, name) && value !== undefined)
  const whole = JSON.stringify({ ...rest, $defs: components }).replaceAll('#/components/schemas/', '#/$defs/')
  expect(z.fromJSONSchema(JSON.parse(whole)).safeParse(Object.fromEntries(given)).error?.issues ?? []).toEqual([])
}

/** What the answer holds is what the published schema says, and nothing that it leaves out. */
function expectAsDescribed({ id, method, output, ...operation }: Operation, status: number, text: string): void {
  const described = managementApiDocument(operations).paths?.[fullPathOf({ id, method, output, ...operation } as Operation)]
  const responses = Object.keys(described?.[method.toLowerCase() as 'get']?.responses ?? {})
  expect(responses).toContain(output ? String(status) : '2XX')
  if (!output || text === '') return
  const published = z.toJSONSchema(output, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string' })
    },
  })
  const schema = z.fromJSONSchema(published as Parameters<typeof z.fromJSONSchema>[0])
  expect([id, schema.safeParse(JSON.parse(text)).error?.issues ?? []]).toEqual([id, []])
}
