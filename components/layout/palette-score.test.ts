import { describe, expect, it } from 'vitest'
import { itemValue, scoreOf } from './palette-score.ts'

const best = (query: string, names: readonly (readonly [string, string[]])[]): string[] =>
  names
    .map(([name, words]) => [name, scoreOf(itemValue(name, 'x'), query, words)] as const)
    .filter(([, score]) => score > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name]) => name)

const NAMES = [
  ['New client', ['create add']],
  ['Audit log', []],
  ['Add user', ['create new person']],
  ['Export audit log', ['download']],
  ['Management API reference', []],
] as const

describe('the palette', () => {
  it.each([
    ['add', ['Add user', 'New client']],
    ['audit', ['Audit log', 'Export audit log']],
    ['log audit', ['Audit log', 'Export audit log']],
    ['user create', ['Add user']],
    ['api', ['Management API reference']],
    ['anage', ['Management API reference']],
    ['adt', []],
    ['add nothing', []],
  ])('answers %j with %j', (query, names) =>
    expect(
      best(
        query,
        NAMES.map(([name, words]) => [name, [...words]]),
      ),
    ).toEqual(names),
  )

  it('does not find an item by what only tells it from others', () => expect(scoreOf(itemValue('Notes', 'secret-id'), 'secret')).toBe(0))
})
