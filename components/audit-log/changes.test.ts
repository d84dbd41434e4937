import { expect, it } from 'vitest'
import { changesIn, linesOf } from './changes.ts'

it('reads changes as verbs write them, and none where nothing changed', () => {
  const changes = { name: { before: 'Notes', after: 'Notizen' }, description: ['old', 'new'] }
  expect(changesIn({ scope: 'read', changes })).toEqual([
    { field: 'name', before: 'Notes', after: 'Notizen' },
    { field: 'description', before: 'old', after: 'new' },
  ])
  for (const detail of [null, {}, { changes: 'all' }, { changes: ['a', 'b'] }, { changes: null }, { changes: { name: 'Notes' } }])
    expect(changesIn(detail)).toEqual([])
})

it('shows a value as what went and what came, also where there was none', () => {
  expect(linesOf({ before: 3600, after: 900 })).toEqual([
    { mark: '-', text: '3600' },
    { mark: '+', text: '900' },
  ])
  expect(linesOf({ before: null, after: '' })).toEqual([
    { mark: '-', text: 'not set' },
    { mark: '+', text: 'empty' },
  ])
  expect(linesOf({ before: { a: 1 }, after: false }).map(({ text }) => text)).toEqual(['{"a":1}', 'false'])
})

it('compares lists item by item', () => {
  expect(linesOf({ before: ['claude.ai', 'cursor.com'], after: ['claude.ai', 'chatgpt.com'] })).toEqual([
    { mark: '-', text: 'cursor.com' },
    { mark: ' ', text: 'claude.ai' },
    { mark: '+', text: 'chatgpt.com' },
  ])
  expect(linesOf({ before: [], after: ['a'] })).toEqual([{ mark: '+', text: 'a' }])
  expect(linesOf({ before: null, after: ['a'] })).toEqual([
    { mark: '-', text: 'not set' },
    { mark: '+', text: 'a' },
  ])
})
