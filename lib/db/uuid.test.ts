import { afterEach, expect, it, vi } from 'vitest'
import { uuidv7 } from './uuid.ts'

afterEach(() => vi.useRealTimers())

it('is a version 7 UUID of this millisecond', () => {
  const id = uuidv7()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Math.abs(Number.parseInt(id.replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(1_000)
})

it('ascends, also while the clock stands still and when it goes back', () => {
  vi.useFakeTimers({ now: Date.now() + 60_000 })
  const ids = Array.from({ length: 10_000 }, uuidv7)
  vi.setSystemTime(Date.now() - 3_600_000)
  ids.push(...Array.from({ length: 100 }, uuidv7))
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})
