import { describe, expect, it } from 'vitest'
import { Unavailable } from '#lib/db/transaction.ts'
import { answered, type Refused } from './answered.ts'
import { conflict, invalid, notFound, tooManyRequests } from './context.ts'

const failing = (error: unknown) =>
  answered(() => {
    throw error
  })

describe('a route handler of the dashboard', () => {
  it('answers 503 with Retry-After, and not what broke, when the database does not answer', async () => {
    const response = await failing(new Unavailable(new Error('connect ECONNREFUSED 10.0.0.7'), 5, false))
    expect([response.status, response.headers.get('retry-after'), response.headers.get('cache-control')]).toEqual([503, '5', 'no-store'])
    expect(await response.text()).not.toContain('10.0.0.7')
  })

  it.each([
    [invalid({ after: 'An event’s id' }), 400, 'An event’s id'],
    [notFound('Project'), 404, 'Project not found'],
    [conflict('Somebody was first'), 409, 'Somebody was first'],
    [tooManyRequests(30), 429, 'Too many attempts, try again later'],
  ])('tells %s in a sentence', async (error, status, message) => {
    const response = await failing(error)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ message })
    expect(response.headers.get('retry-after')).toBe(error.retryAfterSeconds === null ? null : '30')
  })

  it('tells a refusal in the words that the handler wants', async () => {
    const plain = ({ status, message }: Refused) => new Response(`Sorry: ${message}`, { status })
    const refusing = async () => {
      throw conflict('Somebody was first')
    }
    const response = await answered(refusing, plain)
    expect([response.status, await response.text()]).toEqual([409, 'Sorry: Somebody was first'])
  })

  it('throws on what is not a refusal, as a redirect is', async () => {
    const redirect = new Error('NEXT_REDIRECT')
    await expect(failing(redirect)).rejects.toBe(redirect)
  })

  it('gives what the handler gave', async () => {
    expect(await (await answered(async () => new Response('fine'))).text()).toBe('fine')
  })
})
