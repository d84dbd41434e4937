import { expect, it } from 'vitest'
import { listAuditEventsInput } from '#lib/management/audit-log/inputs.ts'
import { filterFrom, inputFrom, queryOf } from './log-filter.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const filterOf = (query: string) => {
  const given = new URLSearchParams(query)
  return filterFrom((name) => given.get(name) ?? undefined)
}

it.each([
  ['kind=token.issued', { action: 'token.issued' }],
  ['kind=token', { step: 'token' }],
  ['range=24h&outcome=refused', { outcome: 'refused', from: '2026-11-20T12:00:00.000Z' }],
  ['from=2026-11-01T08:30&to=2026-11-02', { from: '2026-11-01T08:30:00Z', to: '2026-11-02T00:00:00Z' }],
  ['range=1h&from=2026-11-01T08:30', { from: '2026-11-01T08:30:00Z' }],
  ['range=for-ever&cursor=x&event=y&unknown=z', {}],
])('%s narrows to %j, which the verb takes', (query, input) => {
  expect(inputFrom(filterOf(query), NOW)).toEqual(input)
  expect(listAuditEventsInput.safeParse(input).success).toBe(true)
})

it('leaves nonsense to the verb, which says what is wrong with it', () => {
  expect(listAuditEventsInput.safeParse(inputFrom(filterOf('from=yesterday'), NOW)).error?.issues[0]?.path).toEqual(['from'])
  expect(listAuditEventsInput.safeParse(inputFrom(filterOf('outcome=maybe'), NOW)).success).toBe(false)
})

it('is its address: what is read from it makes the same address again', () => {
  const query = 'kind=token&outcome=refused&user=ann%40example.com&range=7d'
  expect(queryOf(filterOf(`cursor=1&${query}`))).toBe(query)
})
