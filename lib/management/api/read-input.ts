import { readCapped } from '#lib/capped-body.ts'
import { invalid, ManagementError } from '../context.ts'
import { inputShapeOf, type JsonSchema } from './input-shape.ts'
import { HttpRefusal } from './refusal.ts'
import type { Match } from './routes.ts'

const BODY_CAP = 64 * 1024

/**
 * The verb's input: what stands in the path, and beside it the query (GET, HEAD, DELETE) or a JSON body. A field that the operation does
 * not know is refused, so that a misspelt one is not silently left out. Throws `HttpRefusal` (413, 415), `invalid`.
 */
export async function readInput(request: Request, { operation, parameters }: Match): Promise<Record<string, unknown>> {
  const shape = inputShapeOf(operation)
  const query = new URL(request.url).searchParams
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  if (!inQuery && query.size > 0) throw invalid(forEach([...query.keys()], 'Stands in the body, not in the query'))
  const given = inQuery ? fromQuery(query, shape.fields) : await bodyOf(request)
  checkNames(Object.keys(given), shape)
  const inPath = Object.entries(shape.path).map(([name, schema]) => [name, typedValue([parameters[name] ?? ''], schema)])
  return { ...given, ...Object.fromEntries(inPath) }
}

const forEach = (names: readonly string[], words: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, words]))

function checkNames(names: readonly string[], { path, fields, open }: ReturnType<typeof inputShapeOf>): void {
  const inPath = names.filter((name) => Object.hasOwn(path, name))
  if (inPath.length > 0) throw invalid(forEach(inPath, 'Stands in the path and nowhere else'))
  const unknown = open ? [] : names.filter((name) => !Object.hasOwn(fields, name))
  if (unknown.length === 0) return
  const known = Object.keys(fields)
  const words = known.length === 0 ? 'This takes no fields' : `No such field; there are ${known.join(', ')}`
  throw new ManagementError('invalid', `Unknown field: ${unknown.join(', ')}`, { fields: forEach(unknown, words) })
}

function fromQuery(query: URLSearchParams, fields: Readonly<Record<string, JsonSchema>>): Record<string, unknown> {
  const entries = [...new Set(query.keys())].map((name): [string, unknown] => {
    const texts = query.getAll(name)
    const schema = fields[name] ?? {}
    if (texts.length > 1 && !typesOf(schema).has('array')) throw invalid({ [name]: 'Given more than once' })
    return [name, typedValue(texts, schema)]
  })
  return Object.fromEntries(entries)
}

/** Text from a URL as the type its field has; what does not fit stays text, for the field's own words. */
function typedValue(texts: readonly string[], schema: JsonSchema): unknown {
  const types = typesOf(schema)
  const [text = ''] = texts
  if (types.has('array')) return texts.map((each) => typedValue([each], schema.items ?? {}))
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  if ((types.has('number') || types.has('integer')) && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  return text
}

const typesOf = ({ type = [], anyOf = [], oneOf = [] }: JsonSchema): ReadonlySet<string> =>
  new Set([...(typeof type === 'string' ? [type] : type), ...[...anyOf, ...oneOf].flatMap((each) => [...typesOf(each)])])

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readCapped(request, BODY_CAP)
  if (bytes === null) throw new HttpRefusal(413, 'payload_too_large', 'At most 64 KB', { connection: 'close' })
  if (bytes.length === 0) return {}
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    throw new HttpRefusal(415, 'unsupported_media_type', 'Send the body as application/json')
  }
  const body = parsed(bytes)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ManagementError('invalid', 'The body must be one JSON object in UTF-8')
  }
  return body as Record<string, unknown>
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
