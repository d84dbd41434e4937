import type { JsonSchema } from './input-shape.ts'

/** What an example says in a field of this name. */
const VALUES: Readonly<Record<string, unknown>> = {
  ...{ name: 'Notes', slug: 'notes', email: 'grace@example.com', project: 'notes', scope: 'notes:read' },
  ...{ redirectUris: ['https://client.example.com/cb'], resource: 'https://mcp.example.com/mcp', url: 'https://example.com/hook' },
  ...{ description: 'Read notes', permissions: ['client:read'], overlapHours: 24, password: 'a-long-passphrase' },
}

/** A value that fits: fields that are required, and those that have a value of their own. */
export function exampleOf(schema: JsonSchema, name: string): unknown {
  if (Object.hasOwn(VALUES, name)) return VALUES[name]
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const variant = schema.oneOf?.[0] ?? schema.anyOf?.[0]
  if (variant && !schema.properties) return exampleOf(variant, name)
  switch (typeof schema.type === 'string' ? schema.type : schema.type?.[0]) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return [exampleOf(schema.items ?? {}, '')]
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' && schema.minimum > 0 ? schema.minimum : 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return schema.format === 'uuid' ? '0198f3c1-6f0e-7cc2-9d7e-1f2a3b4c5d6e' : '…'
  }
}

/** Where nothing is required, one field: an empty body shows nothing. */
function objectOf({ properties = {}, required = [], allOf = [] }: JsonSchema): Record<string, unknown> {
  const names = Object.keys(properties)
  const shown = names.filter((name) => required.includes(name) || Object.hasOwn(VALUES, name))
  const chosen = shown.length > 0 ? shown : names.slice(0, 1)
  const inherited = allOf.map((part) => objectOf(part))
  return Object.assign({}, ...inherited, Object.fromEntries(chosen.map((name) => [name, exampleOf(properties[name] ?? {}, name)])))
}
