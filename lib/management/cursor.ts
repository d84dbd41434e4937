import { invalid } from './context.ts'

type Value = string | number | null

/** A place in a sorted list: the sort key of the last row seen and its id. Opaque to callers, and nothing in it is trusted. */
export const cursorOf = (...place: readonly Value[]): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** `length` values as `cursorOf` got them. Throws `invalid` for anything else. */
export function placeOf(cursor: string, length: number): Value[] {
  const place = parsed(cursor)
  if (!Array.isArray(place) || place.length !== length || !place.every(isValue))
    throw invalid({ cursor: 'This is not a cursor of this list' })
  return place
}

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}
