import { expect, it } from 'vitest'
import { z } from 'zod'
import { operations as all } from '../operations.ts'
import { managementApiDocument } from './document.ts'
import { forPrograms, fullPathOf } from './routes.ts'

const operations = forPrograms(all)
const document = managementApiDocument(operations)

const reference = z.strictObject({ $ref: z.string() })
const schema = z.looseObject({})
const content = z.strictObject({ 'application/json': z.strictObject({ schema }) })
const response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema })).optional(),
  content: content.optional(),
})
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  description: z.string().optional(),
  schema,
})
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).length(1),
  'x-permission': z.string(),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^(?:[2-5]\d\d|2XX)$/), z.union([response, reference])),
})
/** The parts of OpenAPI 3.1 that this document has. */
const openApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).min(1),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      apiKey: z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: z.string() }),
    }),
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), response),
  }),
})

const wire = JSON.parse(JSON.stringify(document)) as unknown
const described = () =>
  Object.entries(openApi.parse(wire).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, each]) => ({ path, method, ...each })),
  )

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const here = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : []
  return [...here, ...Object.values(value).flatMap(referencesIn)]
}

it('is an OpenAPI 3.1 document', () => expect(openApi.safeParse(wire).error?.issues ?? []).toEqual([]))

it('describes every operation, once, and nothing else', () => {
  expect(
    described()
      .map(({ method, path, operationId }) => `${method.toUpperCase()} ${path} ${operationId}`)
      .toSorted(),
  ).toEqual(operations.map((each) => `${each.method} ${fullPathOf(each)} ${each.id}`).toSorted())
})

it('says of each what a key needs for it', () => {
  const permissions = new Map(operations.map(({ id, permission }) => [id, permission]))
  for (const { operationId, description, 'x-permission': permission } of described()) {
    expect([operationId, permission]).toEqual([operationId, permissions.get(operationId)])
    expect(description).toContain(`\`${permission}\``)
  }
})

it('declares each name in a path as a parameter that is required, and no parameter twice', () => {
  for (const { path, operationId, parameters } of described()) {
    const declared = parameters.filter((each) => each.in === 'path').map((each) => [each.name, each.required])
    expect([operationId, declared]).toEqual([operationId, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true])])
    const places = parameters.map((each) => `${each.in} ${each.name}`)
    expect(new Set(places).size, operationId).toBe(places.length)
  }
})

it('refers to nothing that it does not hold', () => {
  const held = Object.entries(openApi.parse(wire).components).flatMap(([kind, parts]) =>
    Object.keys(parts).map((name) => `#/components/${kind}/${name}`),
  )
  expect(referencesIn(wire).filter((each) => !held.includes(each))).toEqual([])
})

it('lists each tag that is used, and tells every operation’s refusals', () => {
  const { tags } = openApi.parse(wire)
  expect([...new Set(described().flatMap((each) => each.tags))].toSorted()).toEqual(tags.map(({ name }) => name))
  for (const { operationId, responses } of described()) {
    expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['400', '401', '403', '429', '503']))
  }
})
