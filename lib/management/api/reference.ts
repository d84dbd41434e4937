import { operations } from '../operations.ts'
import { managementApiDocument, type OpenApiDocument } from './document.ts'
import { exampleOf } from './example.ts'
import { type JsonSchema, jsonSchema } from './input-shape.ts'
import { BASE_PATH, forPrograms } from './routes.ts'

export type ReferenceField = {
  readonly name: string
  /** `path`, `query` or `body`. */
  readonly place: string
  readonly type: string
  readonly required: boolean
  readonly words: string | null
}

export type ReferenceEntry = {
  readonly id: string
  readonly method: string
  /** The whole path. */
  readonly path: string
  readonly summary: string
  readonly permission: string
  readonly description: string
  readonly fields: readonly ReferenceField[]
  /** For the shell, with the variables `GATEHOUSE_URL` and `GATEHOUSE_API_KEY`. */
  readonly example: string
  /** Fields of the answer; empty where it has none. */
  readonly answer: readonly ReferenceField[]
  readonly statuses: readonly string[]
}

export type ReferenceGroup = { readonly name: string; readonly entries: readonly ReferenceEntry[] }

/** The published document, laid out for people: by what an operation is about. */
export function managementApiReference(): { groups: readonly ReferenceGroup[]; errors: readonly (readonly [string, string])[] } {
  const document = managementApiDocument(forPrograms(operations))
  const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method]
      return operation ? [{ tag: operation.tags?.[0] ?? '', entry: entryOf(document, path, method, operation) }] : []
    }),
  )
  const groups = (document.tags ?? []).map(({ name }) => ({
    name,
    entries: entries.filter(({ tag }) => tag === name).map(({ entry }) => entry),
  }))
  const errors = Object.values(document.components?.responses ?? {}).map((response) => partsOf(String(response.description)))
  return { groups, errors }
}

/** `code`: meaning */
function partsOf(description: string): readonly [string, string] {
  const [, code = '', meaning = ''] = /^`(\w+)`: (.*)$/.exec(description) ?? []
  return [code, meaning]
}

type Described = NonNullable<NonNullable<OpenApiDocument['paths']>[string]['get']>

function entryOf(document: OpenApiDocument, path: string, method: string, operation: Described): ReferenceEntry {
  const body = contentOf(operation.requestBody)
  const parameters = (operation.parameters ?? []).flatMap((each) => ('name' in each ? [each] : []))
  const [status, success] = Object.entries(operation.responses ?? {}).find(([code]) => code.startsWith('2')) ?? ['', undefined]
  const query = parameters.filter((each) => each.in === 'query' && each.required)
  return {
    id: operation.operationId ?? '',
    method: method.toUpperCase(),
    path: `${BASE_PATH}${path}`,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    permission: String((operation as { 'x-permission'?: unknown })['x-permission'] ?? ''),
    fields: [
      ...parameters.map((each) => fieldOf(each.name, each.in, jsonSchema(each.schema), each.required === true, each.description)),
      ...fieldsOf(body, 'body'),
    ],
    example: curlOf(
      method,
      path,
      query.map((each) => [each.name, jsonSchema(each.schema)]),
      body,
    ),
    answer: answerOf(document, contentOf(success)),
    statuses: [status, ...Object.keys(operation.responses ?? {}).filter((code) => !code.startsWith('2'))],
  }
}

function contentOf(holder: unknown): JsonSchema | null {
  const { content } = (holder ?? {}) as { content?: Record<string, { schema?: JsonSchema }> }
  return content?.['application/json']?.schema ?? null
}

function resolved(document: OpenApiDocument, schema: JsonSchema | null): JsonSchema | null {
  const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema?.$ref))?.[1]
  return name === undefined ? schema : jsonSchema(document.components?.schemas?.[name])
}

/** Of a list also what its rows have: `clients[].name`. */
function answerOf(document: OpenApiDocument, schema: JsonSchema | null): ReferenceField[] {
  const whole = resolved(document, schema)
  return fieldsOf(whole, 'answer').flatMap((field) => {
    const row = resolved(document, whole?.properties?.[field.name]?.items ?? null)
    return [field, ...fieldsOf(row, 'answer').map((each) => ({ ...each, name: `${field.name}[].${each.name}` }))]
  })
}

/** Of a body with variants, those of each. */
function fieldsOf(schema: JsonSchema | null, place: string): ReferenceField[] {
  if (!schema) return []
  const variants = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((each) => fieldsOf(each, place))
  const own = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    fieldOf(name, place, field, schema.required?.includes(name) ?? false, field.description),
  )
  const names = new Set(own.map(({ name }) => name))
  return [...own, ...variants.filter(({ name }, i) => !names.has(name) && variants.findIndex((each) => each.name === name) === i)]
}

const fieldOf = (name: string, place: string, schema: JsonSchema, required: boolean, words: unknown): ReferenceField => ({
  ...{ name, place, required },
  type: typeOf(schema),
  words: typeof words === 'string' ? words : null,
})

/** A type in the fewest words, such as `integer, from 1 to 100, default 50`. */
function typeOf(schema: JsonSchema): string {
  const { minimum, maximum, maxLength, default: standard, format } = schema
  const range = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? `from ${String(minimum ?? 0)} to ${maximum}` : null
  return [
    kindOf(schema),
    typeof format === 'string' ? format : null,
    range,
    typeof maxLength === 'number' ? `at most ${maxLength} characters` : null,
    standard === undefined ? null : `default ${JSON.stringify(standard)}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

function kindOf(schema: JsonSchema): string {
  const { type, anyOf, oneOf, items, $ref } = schema
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? 'object'
  const variants = anyOf ?? oneOf
  if (variants) return [...new Set(variants.map(kindOf))].join(' | ')
  if (type === 'array') return `list of ${items ? kindOf(items) : 'anything'}`
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'anything')
}

function curlOf(method: string, path: string, query: readonly (readonly [string, JsonSchema])[], body: JsonSchema | null): string {
  const named = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'project' ? 'notes' : `$${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`,
  )
  const search = query.map(([name, schema]) => `${name}=${encodeURIComponent(String(exampleOf(schema, name)))}`).join('&')
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$GATEHOUSE_URL${BASE_PATH}${named}${search && `?${search}`}"`,
    '-H "Authorization: Bearer $GATEHOUSE_API_KEY"',
    ...(body ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(exampleOf(body, '')).replaceAll("'", "'\\''")}'`] : []),
  ]
  return lines.join(' \\\n  ')
}
