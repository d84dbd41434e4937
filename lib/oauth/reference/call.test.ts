import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { addressOf, callOf, curlOf, filled } from './call.ts'
import type { Entry } from './entry.ts'
import { reference } from './reference.ts'

const ISSUER = 'https://auth.example.com/p/notes'
const entry = (id: string): Entry => {
  const found = reference.find((one) => one.id === id)
  if (!found) throw new Error(`no entry ${id}`)
  return found
}

/** What the command gives to curl, where these variables are set. */
const argumentsOf = (command: string, env: Readonly<Record<string, string>>): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { env: { ...process.env, ...env }, encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

describe('an example', () => {
  it('puts the metadata’s name before the path of an issuer (RFC 8414 §3.1)', () => {
    expect(addressOf(entry('metadata'), ISSUER)).toBe('https://auth.example.com/.well-known/oauth-authorization-server/p/notes')
    expect(addressOf(entry('metadata'), 'https://login.example.com')).toBe(
      'https://login.example.com/.well-known/oauth-authorization-server',
    )
    expect(addressOf(entry('openid'), ISSUER)).toBe(`${ISSUER}/.well-known/openid-configuration`)
  })

  it('is a form where the endpoint reads one, with repeated names and without empty values', () => {
    const { method, url, headers, body } = callOf(entry('token-refresh'), ISSUER, {
      fields: { grant_type: 'refresh_token', scope: '', resource: ['https://a.example', 'https://b.example'] },
    })
    expect([method, url, headers]).toEqual(['POST', `${ISSUER}/api/oauth/token`, { 'content-type': 'application/x-www-form-urlencoded' }])
    expect(body).toBe('grant_type=refresh_token&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example')
  })

  it('puts a value in wherever it is named, and leaves what is not known in braces', () => {
    const { bearer, fields } = filled(entry('handoff'), { server_secret: 'gate_srv_1' })
    expect([bearer, fields.request]).toEqual(['gate_srv_1', '{handoff_request}'])
    expect(filled(entry('handoff'), { handoff_request: 'a.b.c' }).fields).toEqual({
      request: 'a.b.c',
      user: { id: 'user-42', name: 'Ada' },
    })
  })

  it('escapes the client id that it puts into an address', () =>
    expect(callOf(entry('registration-read'), ISSUER, { fields: {} }, 'a/../b').url).toBe(`${ISSUER}/api/oauth/register/a%2F..%2Fb`))

  it('is a command that a shell reads as it is meant, whatever the values hold', () => {
    const name = `a "b" 'c' $d \`e\` \\f`
    const command = curlOf(entry('token-authorization-code'), ISSUER, { client_id: name })
    expect(argumentsOf(command, { CODE: 'gate_ac_1', CODE_VERIFIER: 'v v', REDIRECT_URI: 'https://client.example/cb?x=1&y=2' })).toEqual([
      `${ISSUER}/api/oauth/token`,
      ...['--data-urlencode', 'grant_type=authorization_code', '--data-urlencode', `client_id=${name}`],
      ...['--data-urlencode', 'code=gate_ac_1', '--data-urlencode', 'code_verifier=v v'],
      ...['--data-urlencode', 'redirect_uri=https://client.example/cb?x=1&y=2'],
    ])
  })

  it('is JSON in a shell too, with variables between its quotes', () => {
    const made = argumentsOf(curlOf(entry('handoff'), ISSUER, {}), { SERVER_SECRET: 'gate_srv_1', HANDOFF_REQUEST: 'a.b.c' })
    expect(made.slice(0, 5)).toEqual([
      `${ISSUER}/api/oauth/handoff`,
      ...['-H', 'Authorization: Bearer gate_srv_1', '-H', 'Content-Type: application/json'],
    ])
    expect(JSON.parse(made[6] ?? '')).toEqual({ request: 'a.b.c', user: { id: 'user-42', name: 'Ada' } })
  })

  it('names its method only where curl would choose another', () => {
    expect(argumentsOf(curlOf(entry('registration-delete'), ISSUER, { client_id: 'c_1' }), { REGISTRATION_ACCESS_TOKEN: 't' })).toEqual([
      ...['-X', 'DELETE', `${ISSUER}/api/oauth/register/c_1`, '-H', 'Authorization: Bearer t'],
    ])
    expect(argumentsOf(curlOf(entry('authorize'), ISSUER, {}), {})[1]).toBe('-G')
  })
})
