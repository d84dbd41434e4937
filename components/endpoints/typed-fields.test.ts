import { describe, expect, it } from 'vitest'
import { filled } from '#lib/oauth/reference/call.ts'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { reference } from '#lib/oauth/reference/reference.ts'
import { BEARER, learnt, startText, typedFields } from './typed-fields.ts'

const entry = (id: string): Entry => {
  const found = reference.find((one) => one.id === id)
  if (!found) throw new Error(`no entry ${id}`)
  return found
}

describe('a form of the console', () => {
  it('sends what was typed, members that are no text as JSON, and nothing of empty fields', () => {
    const texts = { client_name: ' Notes ', redirect_uris: '["https://a.example/cb"]', scope: ' ', dpop_bound_access_tokens: 'true' }
    expect(typedFields(entry('register'), { ...texts, [BEARER]: 'gate_reg_1' })).toEqual({
      bearer: 'gate_reg_1',
      fields: { client_name: 'Notes', redirect_uris: ['https://a.example/cb'], dpop_bound_access_tokens: true },
      problems: {},
    })
  })

  it('says which member is not JSON', () =>
    expect(typedFields(entry('register'), { redirect_uris: 'https://a.example/cb' })).toMatchObject({
      fields: {},
      problems: { redirect_uris: 'This is not JSON' },
    }))

  it('starts with what is known, and empty where something is not', () => {
    const code = entry('token-authorization-code')
    const start = filled(code, { client_id: 'c_1' })
    expect(['grant_type', 'client_id', 'code'].map((name) => startText({ name }, start))).toEqual(['authorization_code', 'c_1', ''])
    expect(startText({ name: 'redirect_uris' }, filled(entry('register'), {}))).toBe('["http://127.0.0.1/callback"]')
  })

  it('gives what was typed to the forms that ask for the same', () => {
    const learned = learnt(entry('introspect'), { token: 'eyJ', [BEARER]: 'gate_srv_1', client_id: 'c_1' })
    expect(learned).toEqual({ access_token: 'eyJ', server_secret: 'gate_srv_1' })
    expect(filled(entry('exchange'), learned).bearer).toBe('gate_srv_1')
  })
})
