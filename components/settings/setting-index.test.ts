import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import { findSettings } from './setting-index.ts'

it.each(Object.keys(DEFAULT_SETTINGS))('%s is found by its name', (name) =>
  expect(findSettings(name).map((setting) => setting.name)).toContain(name),
)

it.each([
  ['cors', 'allowedOrigins'],
  ['TTL', 'accessTokenTtlSeconds'],
  ['dcr', 'registrationMode'],
  ['magic link', 'signInEmail'],
  ['mix-up', 'issParameter'],
  ['  google ', 'providers'],
])('whoever says %j means %s', (query, name) => expect(findSettings(query).map((setting) => setting.name)).toContain(name))

it('lists those first whose label says it', () => expect(findSettings('refresh token')[0]?.label).toBe('Unused refresh token'))

it.each(['', '   ', 'zebra'])('finds nothing for %j', (query) => expect(findSettings(query)).toEqual([]))
