import type { Filled, Values } from '#lib/oauth/reference/call.ts'
import type { Entry, Field, Json } from '#lib/oauth/reference/entry.ts'

/** The names under which a form of the console sends what is no field of the request. */
export const BEARER = ' bearer'
export const SEGMENT = 'client_id'

/** `problems`: by the name of the field, what is wrong with it. */
export type Typed = Filled & { readonly problems: Readonly<Record<string, string>> }

/** What a form's texts send: of empty fields nothing, and members that are no text as JSON. */
export function typedFields(entry: Pick<Entry, 'fields'>, texts: Values): Typed {
  const problems: Record<string, string> = {}
  const fields: Record<string, Json> = {}
  for (const { name, json } of entry.fields) {
    const text = texts[name]?.trim() ?? ''
    if (text === '') continue
    const value = json ? parsed(text) : text
    if (value === undefined) problems[name] = 'This is not JSON'
    else fields[name] = value
  }
  return { bearer: texts[BEARER]?.trim() || undefined, fields, problems }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** What a field starts with: of the example, as far as everything in it is known. */
export function startText({ name }: Pick<Field, 'name'>, { fields }: Filled): string {
  const value = fields[name]
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /\{\w+\}/.test(text) ? '' : text
}

/** What was typed, by the names that examples have for it, so that the next form starts with it. */
export function learnt({ example }: Pick<Entry, 'example'>, texts: Values): Values {
  const sent: [string, unknown][] = [...Object.entries(example.fields), [BEARER, example.bearer]]
  return Object.fromEntries(
    sent.flatMap(([name, value]) => {
      const [, placeholder] = /^\{(\w+)\}$/.exec(String(value)) ?? []
      const text = texts[name]
      return placeholder && text ? [[placeholder, text]] : []
    }),
  )
}
