import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Operation } from '../operation.ts'
import { FIELD_WORDS } from './field-words.ts'
import { inputShapeOf, type JsonSchema, SCHEMA_OPTIONS, schemaObject } from './input-shape.ts'
import { BASE_PATH, fullPathOf } from './routes.ts'
import { statusOfContent } from './success-status.ts'
import { tagOf } from './tags.ts'

export type OpenApiDocument = oas31.OpenAPIObject

const documents = new WeakMap<readonly Operation[], OpenApiDocument>()

/** OpenAPI 3.1 of these operations, from the zod schemas their verbs parse with. Made once. */
export function managementApiDocument(operations: readonly Operation[]): OpenApiDocument {
  const known = documents.get(operations)
  if (known) return known
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const operation of operations) {
    const path = fullPathOf(operation)
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describedOperation(operation) }
  }
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Gatehouse management API', version: '1', description: ABOUT },
      servers: [{ url: BASE_PATH }],
      security: [{ apiKey: [] }],
      tags: [...new Set(operations.map(tagOf))].toSorted().map((name) => ({ name })),
      paths,
      components: {
        securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `gate_key_…`, made in the dashboard' } },
        schemas: { Error: ERROR, ...componentsOf(operations) },
        responses: Object.fromEntries(ERRORS.map(({ name, text, headers }) => [name, errorResponse(text, headers)])),
      },
    },
    SCHEMA_OPTIONS,
  )
  documents.set(operations, document)
  return document
}

const ABOUT = `Everything the dashboard can do to an organisation and its projects, for programs.

Send an API key as \`Authorization: Bearer gate_key_…\`. Lists give \`nextCursor\`: hand it back as \`cursor\` for the next page. Times are \
RFC 3339 in UTC. Fields nobody knows are refused. Each change is in the audit log, with the key as its actor.`

const ERROR: oas31.SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'reference'],
      properties: {
        code: { type: 'string', description: 'For programs, such as `not_found`' },
        message: { type: 'string', description: 'For people' },
        fields: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'With `invalid`: a sentence per field, by its path such as `redirectUris.0`',
        },
        reference: { type: 'string', description: 'Finds the request in the server’s log' },
      },
    },
  },
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' as const } } }

/** What any operation may answer. `path`: only where the path names something. `change`: only where something is changed. */
const ERRORS: readonly {
  readonly status: `4${string}` | `5${string}`
  readonly name: string
  readonly text: string
  readonly headers?: typeof RETRY_AFTER
  readonly only?: 'path' | 'change' | 'body'
}[] = [
  { status: '400', name: 'Invalid', text: '`invalid`: a field is wrong, missing or unknown' },
  { status: '401', name: 'Unauthenticated', text: '`unauthenticated`: no key, or one that is unknown, expired or revoked' },
  { status: '403', name: 'Forbidden', text: '`forbidden`: the key lacks the permission, which the message names' },
  { status: '404', name: 'NotFound', text: '`not_found`: it is not there, or in another organisation', only: 'path' },
  { status: '409', name: 'Conflict', text: '`conflict`: its state does not allow it, or somebody was first', only: 'change' },
  { status: '413', name: 'TooLarge', text: '`payload_too_large`: more than 64 KB', only: 'body' },
  { status: '415', name: 'WrongType', text: '`unsupported_media_type`: the body is not application/json', only: 'body' },
  { status: '429', name: 'TooMany', text: '`too_many_requests`: 600 requests a minute and key', headers: RETRY_AFTER },
  { status: '503', name: 'Unavailable', text: '`unavailable`: the database does not answer now', headers: RETRY_AFTER },
]

const errorResponse = (description: string, headers: typeof RETRY_AFTER | undefined) => ({
  description,
  ...(headers ? { headers } : {}),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

function describedOperation(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, permission, audit } = operation
  const written = audit === null ? 'Changes nothing.' : `Writes \`${audit}\` into the audit log.`
  const body = bodyOf(operation)
  return {
    operationId: id,
    summary,
    description: `Needs \`${permission}\`. ${written}`,
    tags: [tagOf(operation)],
    'x-permission': permission,
    parameters: parametersOf(operation),
    ...(body ? { requestBody: body } : {}),
    responses: responsesOf(operation),
  }
}

const componentsOf = (operations: readonly Operation[]): Record<string, oas31.SchemaObject> =>
  Object.fromEntries(
    operations.flatMap((operation) =>
      Object.entries(inputShapeOf(operation).components).map(([name, schema]) => [name, schemaObject(schema)] as const),
    ),
  )

const takesBody = ({ method }: Operation): boolean => method !== 'GET' && method !== 'DELETE'

function parametersOf(operation: Operation): oas31.ParameterObject[] {
  const { path, fields, required } = inputShapeOf(operation)
  const project: Record<string, JsonSchema> = operation.of === 'project' ? { project: { type: 'string' } } : {}
  const inPath = Object.entries({ ...project, ...path }).map(([name, schema]) => parameter('path', name, schema, true))
  const inQuery = takesBody(operation)
    ? []
    : Object.entries(fields).map(([name, schema]) => parameter('query', name, schema, required.includes(name)))
  return [...inPath, ...inQuery]
}

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema, required: boolean): oas31.ParameterObject {
  const { description, ...rest } = schema
  const words = typeof description === 'string' ? description : FIELD_WORDS[name]
  return { name, in: place, required, ...(words ? { description: words } : {}), schema: schemaObject(rest) }
}

function bodyOf(operation: Operation): oas31.RequestBodyObject | null {
  const { fields, required, rest, open } = inputShapeOf(operation)
  if (!takesBody(operation) || (Object.keys(fields).length === 0 && !open)) return null
  return { required: required.length > 0, content: { 'application/json': { schema: schemaObject(inWords(rest)) } } }
}

/** With the words that a field's name has everywhere. */
function inWords(schema: JsonSchema): JsonSchema {
  const { properties, anyOf, oneOf, allOf } = schema
  return {
    ...schema,
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, { ...wordsOf(name), ...field }])) }
      : {}),
    ...(anyOf ? { anyOf: anyOf.map(inWords) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(inWords) } : {}),
    ...(allOf ? { allOf: allOf.map(inWords) } : {}),
  }
}

const wordsOf = (name: string): { description?: string } => (FIELD_WORDS[name] === undefined ? {} : { description: FIELD_WORDS[name] })

function responsesOf(operation: Operation): ZodOpenApiResponsesObject {
  const inPath = fullPathOf(operation).includes('{')
  const applies = { path: inPath, change: operation.audit !== null, body: takesBody(operation) }
  const errors = ERRORS.filter(({ only }) => only === undefined || applies[only]).map(({ status, name }) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ])
  return { ...successOf(operation), ...Object.fromEntries(errors) }
}

function successOf(operation: Operation): ZodOpenApiResponsesObject {
  const { output } = operation
  if (!output) return { '2XX': { description: 'Done' } }
  if (output._zod.def.type === 'void') return { '204': { description: 'Done' } }
  return { [`${statusOfContent(operation)}`]: { description: 'Done', content: { 'application/json': { schema: output } } } }
}
