import { notFound } from 'next/navigation'
import { ManagementError, requirePermission } from '#lib/management/context.ts'
import { recordRefusal } from '#lib/management/denials.ts'

const ABSENT = new Set<string>(['not_found', 'forbidden', 'invalid'])

type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** A parameter given once and not empty. A repeated one counts as not given, and so does one with control characters. */
export function one(params: SearchParams, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value) ? value.trim() : undefined
}

/** `path` with the parameters that have a value. */
export function hrefWith(path: string, params: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return query.size > 0 ? `${path}?${query}` : path
}

/** What an address names: forbidden, unknown or not even well formed, it is simply not there. */
export async function found<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    await recordRefusal(error)
    if (error instanceof ManagementError && ABSENT.has(error.code)) notFound()
    throw error
  }
}

/** Before a page that is nothing without it, such as a form: for a role without the permission it is not there. */
export const permitted = (...asked: Parameters<typeof requirePermission>): Promise<void> =>
  found(Promise.resolve(asked).then((asked) => requirePermission(...asked)))
