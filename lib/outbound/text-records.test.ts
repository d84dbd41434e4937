import { expect, it } from 'vitest'
import { OutboundRefused } from './refused.ts'
import { type AskText, textRecords } from './text-records.ts'

const failing =
  (code: string): AskText =>
  async () => {
    throw Object.assign(new Error(code), { code })
  }
const refusalOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => (error instanceof OutboundRefused ? error.kind : error))

it('joins the pieces of each record', async () =>
  expect(await textRecords('_gatehouse.example.com', async () => [['one ', 'record'], ['another']])).toEqual(['one record', 'another']))

it.each(['ENODATA', 'ENOTFOUND'])('a name without records has none (%s)', async (code) =>
  expect(await textRecords('_gatehouse.example.com', failing(code))).toEqual([]),
)

it.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED', 'EREFUSED'])('a failure of the way there is no answer (%s)', async (code) =>
  expect(await refusalOf(textRecords('_gatehouse.example.com', failing(code)))).toBe('connection'),
)

it.each(['localhost', '_gatehouse.localhost', '_gatehouse.printer.local', '_gatehouse.vault.internal', '_gatehouse.x.invalid'])(
  'nobody is asked about %s',
  async (name) => {
    const ask: AskText = () => {
      throw new Error('somebody was asked')
    }
    expect(await refusalOf(textRecords(name, ask))).toBe('private_name')
  },
)
