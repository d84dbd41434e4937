import { type CreateDocumentOptions, createSchema, type oas31 } from 'zod-openapi'
import type { Operation } from '../operation.ts'
import { pathFieldsOf } from './routes.ts'

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly [keyword: string]: unknown
}

/** What an operation takes, split into its places in a request. */
export type InputShape = {
  /** Fields that stand in the path. */
  readonly path: Readonly<Record<string, JsonSchema>>
  /** The others, by name: of the query for GET and DELETE, of the body else. */
  readonly fields: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
  /** Takes fields of any name. */
  readonly open: boolean
  /** The schema without what stands in the path. */
  readonly rest: JsonSchema
  /** What it refers to below `#/components/schemas/`, by name. */
  readonly components: Readonly<Record<string, JsonSchema>>
}

/** As the OpenAPI library calls the same thing. */
export const schemaObject = (schema: JsonSchema): oas31.SchemaObject => schema as unknown as oas31.SchemaObject

/** The way back. */
export const jsonSchema = (schema: oas31.SchemaObject | oas31.ReferenceObject | undefined): JsonSchema =>
  (schema ?? {}) as unknown as JsonSchema

const shapes = new WeakMap<Operation, InputShape>()

/** Worked out once per operation, from the zod schema that its verb parses with. */
export function inputShapeOf(operation: Operation): InputShape {
  const known = shapes.get(operation)
  if (known) return known
  const { schema: whole, components } = schemasOf(operation)
  const names = new Set(pathFieldsOf(operation))
  const all = propertiesOf(whole)
  const rest = without(whole, names)
  const pick = (inPath: boolean) => Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name) === inPath))
  const shape = { path: pick(true), fields: pick(false), required: requiredOf(rest), open: isOpen(whole), rest, components }
  shapes.set(operation, shape)
  return shape
}

/** A schema that contains itself is named by a number, which begins anew for each operation: it gets the operation's name. */
function schemasOf({ id, input }: Operation): { schema: JsonSchema; components: Record<string, JsonSchema> } {
  const created = createSchema(input, { io: 'input', opts: SCHEMA_OPTIONS })
  return JSON.parse(JSON.stringify(created).replaceAll('__schema', `${id}Input`)) as ReturnType<typeof schemasOf>
}

/** Dates are text on the wire, and an answer may have more fields tomorrow. */
export const SCHEMA_OPTIONS: CreateDocumentOptions = {
  override: ({ jsonSchema, zodSchema, io }) => {
    const { type } = zodSchema._zod.def
    if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    if (jsonSchema.format === 'uuid') delete jsonSchema.pattern
    if (type === 'object' && io === 'output') delete jsonSchema.additionalProperties
  },
  allowEmptySchema: { date: true, void: true, undefined: true, transform: true, pipe: true, custom: true },
}

const branchesOf = ({ anyOf = [], oneOf = [], allOf = [] }: JsonSchema): readonly JsonSchema[] => [...anyOf, ...oneOf, ...allOf]

/** Of an object and of all its variants. */
function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  const properties: Record<string, JsonSchema> = {}
  for (const branch of branchesOf(schema)) Object.assign(properties, propertiesOf(branch))
  return Object.assign(properties, schema.properties)
}

const requiredOf = ({ required = [], allOf = [] }: JsonSchema): string[] => [...new Set([...required, ...allOf.flatMap(requiredOf)])]

const isOpen = (schema: JsonSchema): boolean => typeof schema.additionalProperties === 'object' || branchesOf(schema).some(isOpen)

function without(schema: JsonSchema, names: ReadonlySet<string>): JsonSchema {
  const { properties, required, anyOf, oneOf, allOf } = schema
  const each = (branches: readonly JsonSchema[]) => branches.map((branch) => without(branch, names))
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name))) } : {}),
    ...(required ? { required: required.filter((name) => !names.has(name)) } : {}),
    ...(anyOf ? { anyOf: each(anyOf) } : {}),
    ...(oneOf ? { oneOf: each(oneOf) } : {}),
    ...(allOf ? { allOf: each(allOf) } : {}),
  }
}
