import { expect, it } from 'vitest'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { merged, unknownOf } from './arriving.ts'

const event = (id: string) => ({ id }) as AuditEvent
const idsOf = (events: readonly AuditEvent[]) => events.map(({ id }) => id)

it('shows each event once and newest first, whatever order they came in', () => {
  expect(idsOf(merged([event('5'), event('3')], [event('4'), event('3'), event('1')]))).toEqual(['5', '4', '3', '1'])
})

it('takes a late row in between, but nothing known and nothing from before the page', () => {
  const page = [event('7'), event('5'), event('3')]
  expect(idsOf(unknownOf([event('8'), event('7'), event('6'), event('2')], page))).toEqual(['8', '6'])
  expect(idsOf(unknownOf([event('1')], []))).toEqual(['1'])
})

it('stays light: the oldest rows leave', () => {
  const many = Array.from({ length: 700 }, (_, i) => event(String(i).padStart(4, '0')))
  const rows = merged(many.slice(600), many.slice(0, 600))
  expect(rows).toHaveLength(500)
  expect(rows[0]?.id).toBe('0699')
})
