import { ZodError } from 'zod'
import { ManagementError } from '#lib/management/context.ts'
import { recordRefusal } from '#lib/management/denials.ts'
import type { FormState } from '../components/ui/form-state.ts'

/**
 * Runs one verb for a form. What a verb refuses becomes words beside the form's fields; anything else is ours, and is thrown on
 * (a redirect too). `shown` are the fields that a refusal may send back into the page.
 */
export async function attempt<Done>(form: FormData, shown: readonly string[], work: () => Promise<Done>): Promise<FormState<Done>> {
  try {
    return { kind: 'done', value: await work() }
  } catch (error) {
    await recordRefusal(error)
    if (error instanceof ManagementError && error.code === 'reauthenticate') return { kind: 'reauthenticate' }
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return { kind: 'refused', ...refusal, values: valuesOf(form, shown) }
  }
}

type Refusal = { message: string | null; fields: Record<string, string> }

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof ZodError) return { message: null, fields: fieldsOf(error) }
  if (!(error instanceof ManagementError)) return null
  const named = Object.keys(error.fields).length > 0
  return { message: named ? null : error.message, fields: topLevel(error.fields) }
}

function fieldsOf(error: ZodError): Record<string, string> {
  return topLevel(Object.fromEntries(error.issues.toReversed().map((issue) => [issue.path.join('.'), issue.message])))
}

/** `redirectUris.1` belongs to the field `redirectUris`; the first sentence per field is enough. */
function topLevel(fields: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [path, message] of Object.entries(fields)) {
    const [name = '', index] = path.split('.')
    result[name] ??= index && /^\d+$/.test(index) ? `Line ${Number(index) + 1}: ${message}` : message
  }
  return result
}

function valuesOf(form: FormData, shown: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of shown) values[name] = text(form, name)
  return values
}

/** One text field; a file or a missing field is the empty string, which the input's schema judges. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** An optional text field: left empty means not given. */
export const optional = (form: FormData, name: string): string | undefined => text(form, name).trim() || undefined

/** A text area with one value in each line. */
export const lines = (form: FormData, name: string): string[] =>
  text(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** A checkbox or switch. */
export const ticked = (form: FormData, name: string): boolean => form.get(name) !== null
