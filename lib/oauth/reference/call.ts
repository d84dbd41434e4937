import type { Entry, Json } from './entry.ts'

/** What a reader has, by the names that stand in braces. */
export type Values = Readonly<Record<string, string>>

/** One HTTP request. `body` null: none. */
export type Call = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export type Filled = { readonly bearer?: string | undefined; readonly fields: Readonly<Record<string, Json>> }

/** The example with what is known put in; what is not known stays in braces. */
export const filled = ({ example: { bearer, fields } }: Pick<Entry, 'example'>, values: Values): Filled => ({
  bearer: bearer === undefined ? undefined : filledText(bearer, values),
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, filledJson(value, values)])),
})

const filledText = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)

function filledJson(value: Json, values: Values): Json {
  if (typeof value === 'string') return filledText(value, values)
  if (Array.isArray(value)) return value.map((each: Json) => filledJson(each, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledJson(each, values)]))
}

/** RFC 8414 §3.1: where the issuer has a path, the name of the metadata document comes before it. */
export function addressOf({ endpoint, path }: Pick<Entry, 'endpoint' | 'path'>, issuer: string, clientId = '{client_id}'): string {
  const { origin, pathname } = new URL(issuer)
  if (endpoint === 'metadata') return `${origin}${path}${pathname === '/' ? '' : pathname}`
  return `${issuer}${path.replace('{client_id}', clientId)}`
}

/** As it goes over the wire. A list in a query or a form is the same name several times; empty values are not sent. */
export function callOf(entry: Entry, issuer: string, { bearer, fields }: Filled, clientId?: string): Call {
  const url = addressOf(entry, issuer, clientId && encodeURIComponent(clientId))
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {}
  const [method = 'GET'] = entry.methods
  if (entry.body === 'none') return { method, url, headers, body: null }
  if (entry.body === 'json')
    return { method, url, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(fields) }
  const pairs = new URLSearchParams(pairsOf(fields)).toString()
  if (entry.body === 'query') return { method, url: `${url}?${pairs}`, headers, body: null }
  return { method, url, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: pairs }
}

const pairsOf = (fields: Filled['fields']): string[][] =>
  Object.entries(fields).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((each) => each !== '')
      .map((each) => [name, String(each)]),
  )

/** For a shell. What is not known is a variable to be set: `$CODE`. */
export function curlOf(entry: Entry, issuer: string, values: Values): string {
  const { bearer, fields } = filled(entry, values)
  const [method = 'GET'] = entry.methods
  const lines = [
    `curl ${method === 'GET' || method === 'POST' ? '' : `-X ${method} `}${quoted(addressOf(entry, issuer, values.client_id))}`,
    ...(entry.body === 'query' ? ['-G'] : []),
    ...(bearer ? [`-H ${quoted(`Authorization: Bearer ${bearer}`)}`] : []),
    ...(entry.body === 'json' ? [`-H 'Content-Type: application/json'`, `-d ${quotedJson(fields)}`] : []),
    ...(entry.body === 'form' || entry.body === 'query'
      ? pairsOf(fields).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`)
      : []),
  ]
  return lines.join(' \\\n  ')
}

const variable = (name: string): string => `$${name.toUpperCase()}`

/** Only values of ours and of the project stand here, so of what double quotes leave alive only variables can occur. */
const quoted = (text: string): string => `"${text.replace(/["\\$`]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => variable(name))}"`

const quotedJson = (fields: Filled['fields']): string =>
  `'${JSON.stringify(fields)
    .replaceAll("'", `'\\''`)
    .replace(/\{(\w+)\}/g, (_, name: string) => `'"${variable(name)}"'`)}'`
