import { expect, it } from 'vitest'
import { errorText } from './error-text.ts'

it.each([
  ['a refresh token', 'gate_rt_0192f0c4.3.AbCdEf-_123'],
  ['a JWT', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJl'],
  ['the database password', 'postgresql://gatehouse:hunter2@db.example/app'],
  ['a key', 'q83vEjRWeJC6mP0ZyTnLx2hUoA7sKdF4bGiRcVwX1eM'],
])('an error in the log never shows %s', (_, secret) => {
  const text = errorText(new Error(`could not use ${secret} today`))
  for (const part of secret.split(/[.:@/]/).filter((each) => /hunter|^eyJ|gate_|q83v|AbCdEf/.test(each))) expect(text).not.toContain(part)
  expect(text).toMatch(/^Error: could not use .*\[redacted\].*today\n {4}at /)
})

it('of a database error only the kind and the place are told: its message repeats the values of the query', () => {
  const error = Object.assign(new Error('Invalid invocation: where email = "ada@example.com"'), {
    name: 'PrismaClientKnownRequestError',
    code: 'P2002',
  })
  expect(errorText(error)).toMatch(/^PrismaClientKnownRequestError P2002\n {4}at /)
})

it('whatever was thrown, something readable comes out', () => {
  expect(errorText('gate_cs_abc went wrong')).toBe('[redacted] went wrong')
  expect(errorText(undefined)).toBe('undefined')
})
