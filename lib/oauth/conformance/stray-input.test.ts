import { beforeAll, describe, expect, it } from 'vitest'
import {
  approve,
  type Connection,
  connect,
  newCode,
  type OAuthClient,
  oauthClient,
  openConsent,
  outcomeOf,
  pkcePair,
  register,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

conformance('what nobody asked for', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  let connected: Connection
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    client = oauthClient(project, await project.client())
    connected = await connect(project, client, { user })
  })

  it.each<Record<string, string>>([
    { date: 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'if-modified-since': 'Fri, 31 Dec 9999 23:59:59 GMT' },
    { 'accept-language': 'xx-YY;q=9,*;q=-1' },
    { accept: '*/*;q=0' },
    { 'accept-encoding': 'identity;q=0' },
    { 'content-language': 'tlh' },
    { age: '-1' },
    { 'max-forwards': '1e400' },
    { range: 'bytes=0-0' },
    { priority: 'u=99' },
  ])('H23 headers that are absurd change no answer: %j', async (headers) => {
    const answer = await client.refresh('gate_rt_x', {}, { headers })
    expect([outcomeOf(answer), answer.headers.get('content-type')]).toEqual(['400 invalid_grant', 'application/json'])
  })

  describe.each(['//evil.test', '/\\evil.test', 'https://evil.test', '/%2f%2fevil.test', 'javascript:alert(1)'])('H22 %s', (to) => {
    it.each(['returnTo', 'return_to', 'callbackUrl', 'next', 'redirect', 'target_link_uri'])('in %s leads nobody away', async (name) => {
      const location = await approve(project, client.authorizeUrl(pkcePair().challenge, { [name]: to }), { user })
      expect(location.href.startsWith(`${REDIRECT_URI}?code=`)).toBe(true)
      expect(location.href).not.toContain('evil.test')
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser }))
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'deny', [name]: to })
      expect(answered.headers.get('location')?.startsWith(`${REDIRECT_URI}?error=access_denied`)).toBe(true)
    })
  })

  it('C19 a code that comes again because its answer was lost is a replay, and ends the family nobody received', async () => {
    const { redeem } = await newCode(project, client, { user })
    expect(outcomeOf(await client.redeem(redeem))).toBe('200') // the process dies, the client hears nothing
    await project.advance(3)
    expect(outcomeOf(await client.redeem(redeem))).toBe('400 invalid_grant')
    const ended = (await project.audit()).filter(({ action, reason }) => action === 'grant.revoked' && reason === 'code_replayed')
    expect(ended).toHaveLength(1)
    expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200') // another connection is none of it
  })

  it('CA19 a client secret has 256 random bits, so that its SHA-256 is all that must be kept', async () => {
    const secrets = await Promise.all(
      Array.from({ length: 20 }, async () => String((await register(project, { redirect_uris: [REDIRECT_URI] })).body.client_secret)),
    )
    expect(new Set(secrets).size).toBe(20)
    for (const secret of secrets) {
      const [, random = ''] = /^gate_cs_([\w-]{43})$/.exec(secret) ?? []
      expect(Buffer.from(random, 'base64url')).toHaveLength(32)
    }
  })
})
