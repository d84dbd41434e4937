import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  answerOf,
  connect,
  FORM,
  type Form,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pkcePair,
  postForm,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

/** For the races: hundreds of requests, maybe against a server that compiles as it goes. */
const SLOW_MS = 120_000

conformance('the authorization code', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    client = oauthClient(project, await project.client())
    await project.addResource('https://files.example.com')
    await project.addResource('https://third.example.com')
  })
  const fresh = (changes: Form = {}) => newCode(project, client, { user }, changes)
  const rowsOf = async (action: string, grantId?: string) =>
    (await project.audit()).filter((row) => row.action === action && (grantId === undefined || row.grantId === grantId))

  describe('redeemed', () => {
    it('yields a bearer token, its lifetime and scope and a refresh token, and nothing may keep the answer', async () => {
      const answer = await client.redeem((await fresh()).redeem)
      expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type'])
      expect(answer.body).toMatchObject({ expires_in: 3600, scope: 'read write' })
      expect(answer.body.token_type?.toLowerCase()).toBe('bearer')
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual(['no-store', 'no-cache'])
    })

    it('RFC 9068 yields a JWT of this issuer for this resource, client and user', async () => {
      const { access } = await connect(project, client, { user })
      const claims = decodeJwt(access)
      expect(claims).toMatchObject({
        iss: project.issuer,
        aud: project.resource,
        sub: user.id,
        client_id: client.clientId,
        scope: 'read write',
      })
      expect(Number(claims.exp) - Number(claims.iat)).toBe(3600)
      expect(decodeProtectedHeader(access)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
    })

    it('leaves exactly one row', async () => {
      const { grantId } = await connect(project, client, { user })
      expect(await rowsOf('token.issued', grantId)).toHaveLength(1)
      expect((await rowsOf('token.issued', grantId))[0]).toMatchObject({ clientId: client.clientId, userId: user.id })
    })

    it('yields no refresh token to a client without that grant', async () => {
      const short = oauthClient(project, await project.client({ grantTypes: ['authorization_code'] }))
      const made = await newCode(project, short, { user })
      expect((await short.redeem(made.redeem)).body).not.toHaveProperty('refresh_token')
    })

    it('by a confidential client needs its secret', async () => {
      const secret = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      const made = await newCode(project, secret, { user })
      expect(
        outcomeOf(
          await postForm(project, '/api/oauth/token', { grant_type: 'authorization_code', client_id: secret.clientId, ...made.redeem }),
        ),
      ).toBe('401 invalid_client')
      expect(outcomeOf(await secret.redeem(made.redeem))).toBe('200')
    })
  })

  describe('that comes back', () => {
    it('C01 C02 once it was spent ends all that it made', async () => {
      const connected = await connect(project, client, { user })
      expect(await isActive(project, connected.access)).toBe(true)
      await project.advance(3)

      expect(outcomeOf(await client.redeem(connected.redeem))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(connected.refresh))).toBe('400 invalid_grant')
      expect(await isActive(project, connected.access)).toBe(false)
      expect(outcomeOf(await client.redeem(connected.redeem))).toBe('400 invalid_grant')
      expect(await rowsOf('code.replayed', connected.grantId)).toHaveLength(1)
      expect(await rowsOf('grant.revoked', connected.grantId)).toHaveLength(1)
      expect((await rowsOf('grant.revoked', connected.grantId))[0]?.reason).toBe('code_replayed')
    })

    it.each([
      ['after 30 s', 30],
      ['after it expired', 90],
      ['after an hour', 3700],
    ])('C03 %s ends all that it made', async (_, seconds) => {
      const connected = await connect(project, client, { user })
      const refreshed = tokensOf(await client.refresh(connected.refresh))
      await project.advance(seconds)
      expect(outcomeOf(await client.redeem(connected.redeem))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(refreshed.refresh))).toBe('400 invalid_grant')
    })

    it('C05 within two seconds is a double click: refused, and what was made lives on', async () => {
      const connected = await connect(project, client, { user })
      expect(outcomeOf(await client.redeem(connected.redeem))).toBe('400 invalid_grant')
      expect(await isActive(project, connected.access)).toBe(true)
      expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200')
    })

    it('C01 with a wrong verifier is a stranger’s probe and ends nothing', async () => {
      const connected = await connect(project, client, { user })
      await project.advance(3)
      expect(outcomeOf(await client.redeem({ ...connected.redeem, code_verifier: pkcePair().verifier }))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200')
    })

    it(
      'C05 twenty times at one barrier, twenty rounds, wins exactly once each',
      async () => {
        const own = oauthClient(project, await project.client())
        const browser = project.browser()
        for (let round = 0; round < 20; round++) {
          const made = await newCode(project, own, { user, browser })
          const answers = await Promise.all(
            Array.from({ length: 20 }, (_, i) => own.redeem(made.redeem, { instance: i % 2 === 0 ? 1 : 2 })),
          )
          expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array<string>(19).fill('400 invalid_grant')])
          const winner = tokensOf(answers.find(({ status }) => status === 200) as (typeof answers)[number])
          if (round % 5 === 0) expect(outcomeOf(await own.refresh(winner.refresh))).toBe('200') // the losers revoked nothing
        }
        expect((await rowsOf('token.issued')).filter(({ clientId }) => clientId === own.clientId)).toHaveLength(20)
        expect((await rowsOf('grant.revoked')).filter(({ clientId }) => clientId === own.clientId)).toHaveLength(0)
      },
      SLOW_MS,
    )
  })

  describe('in time', () => {
    it.each([
      [59, '200'],
      [61, '400 invalid_grant'],
    ])('C04 after %i s it is %s', async (seconds, outcome) => {
      const made = await fresh()
      await project.advance(seconds)
      expect(outcomeOf(await client.redeem(made.redeem))).toBe(outcome)
    })
  })

  describe('refused, and as good as before:', () => {
    /** Refused without a trace in the project's tables; then redeemed as it should be. */
    const stays = async (wrong: (made: Awaited<ReturnType<typeof fresh>>) => Form, outcome: string) => {
      const made = await fresh()
      const before = await project.snapshot()
      expect(outcomeOf(await client.redeem({ ...made.redeem, ...wrong(made) }))).toBe(outcome)
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    }

    it('P06 without its verifier', () => stays(() => ({ code_verifier: undefined }), '400 invalid_grant'))
    it('P07 with a wrong verifier', () => stays(() => ({ code_verifier: 'w'.repeat(43) }), '400 invalid_grant'))
    it('P08 with a verifier that is too short', () => stays(() => ({ code_verifier: 'w'.repeat(42) }), '400 invalid_grant'))
    it('P08 with a verifier that is too long', () => stays(() => ({ code_verifier: 'w'.repeat(129) }), '400 invalid_grant'))
    it('P08 with other characters in its verifier', () => stays(() => ({ code_verifier: `${'w'.repeat(43)}+` }), '400 invalid_grant'))
    it('C11 with another redirect_uri', () => stays(() => ({ redirect_uri: 'https://client.example.com/other' }), '400 invalid_grant'))
    it('C11 without the redirect_uri that was sent', () => stays(() => ({ redirect_uri: undefined }), '400 invalid_grant'))
    it('C12 with another spelling of the redirect_uri', () =>
      stays(() => ({ redirect_uri: 'https://client.example.com/%63b' }), '400 invalid_grant'))
    it('C12 with the host of the redirect_uri in upper case', () =>
      stays(() => ({ redirect_uri: 'https://CLIENT.example.com/cb' }), '400 invalid_grant'))
    it('RI06 for a resource that was not granted', () => stays(() => ({ resource: 'https://files.example.com' }), '400 invalid_target'))
    it('RI08 for a resource that is none', () => stays(() => ({ resource: 'https://evil.test' }), '400 invalid_target'))
    it('H04 with a parameter twice', () => stays(({ code }) => ({ code: [code, code] }), '400 invalid_request'))

    it('P09 with the challenge for a verifier', async () => {
      const { verifier, challenge } = pkcePair()
      const made = await newCode(project, client, { user }, { code_challenge: challenge })
      expect(outcomeOf(await client.redeem({ ...made.redeem, code_verifier: challenge }))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.redeem({ ...made.redeem, code_verifier: verifier }))).toBe('200')
    })

    it('C11 with a redirect_uri that was not sent', async () => {
      const made = await fresh({ redirect_uri: undefined })
      expect(outcomeOf(await client.redeem({ ...made.redeem, redirect_uri: REDIRECT_URI }))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    })

    it('C10 with wrong client authentication', async () => {
      const secret = oauthClient(project, await project.client({ method: 'client_secret_post' }))
      const made = await newCode(project, secret, { user })
      const before = await project.snapshot()
      expect(outcomeOf(await secret.redeem({ ...made.redeem, client_secret: 'wrong' }))).toBe('401 invalid_client')
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await secret.redeem(made.redeem))).toBe('200')
    })

    it.each(['none', 'client_secret_basic'] as const)('C09 of one client by another (%s), which stands in the log once', async (method) => {
      const made = await fresh()
      const thief = oauthClient(project, await project.client({ method }))
      for (let i = 0; i < 3; i++) expect(outcomeOf(await thief.redeem(made.redeem))).toBe('400 invalid_grant')
      expect((await rowsOf('code.misused')).filter(({ actorId }) => actorId === thief.clientId)).toHaveLength(1)
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    })

    it('C08 at another project, which stands in that project’s log once', async () => {
      const other = await subject.target.project()
      const made = await fresh()
      const elsewhere = oauthClient(other, await other.client())
      for (let i = 0; i < 2; i++) expect(outcomeOf(await elsewhere.redeem(made.redeem))).toBe('400 invalid_grant')
      expect((await other.audit()).filter(({ action }) => action === 'cross_tenant.used')).toHaveLength(1)
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    })
  })

  describe('that is none', () => {
    it('C07 is refused in one sentence, whether unknown, expired or spent', async () => {
      const [spent, expired] = [await fresh(), await fresh()]
      await client.redeem(spent.redeem)
      await project.advance(61)
      const unknown = `${expired.code.slice(0, -4)}AAAA`
      const codes = [spent.code, expired.code, unknown, 'gate_ac_x', 'x'.repeat(10_000), 'gate_ac_é']
      const answers = await Promise.all(codes.map((code) => client.redeem({ ...expired.redeem, code })))
      expect(answers.map(outcomeOf)).toEqual(codes.map(() => '400 invalid_grant'))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    })

    it.each([
      ['missing', 'grant_type=authorization_code'],
      ['empty', 'grant_type=authorization_code&code='],
      ['NUL', 'grant_type=authorization_code&code=%00'],
      ['invalid UTF-8', 'grant_type=authorization_code&code=%ff'],
    ])('C07 is invalid_request when %s', async (_, body) => {
      const response = await project.fetch('/api/oauth/token', {
        method: 'POST',
        headers: FORM,
        body: `${body}&client_id=${client.clientId}`,
      })
      expect(outcomeOf(await answerOf(response))).toBe('400 invalid_request')
    })

    it('C13 T07 is a refresh token, as a code is no refresh token', async () => {
      const connected = await connect(project, client, { user })
      const made = await fresh()
      const before = await project.snapshot()
      expect(outcomeOf(await client.redeem({ ...made.redeem, code: connected.refresh }))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(made.code))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.redeem({ ...made.redeem, code: connected.access }))).toBe('400 invalid_grant')
      expect(await project.snapshot()).toBe(before)
    })
  })

  describe('whose ground is gone', () => {
    it('C14 is refused once the consent was withdrawn', async () => {
      const made = await fresh()
      await project.endGrant((await rowsOf('grant.approved')).at(-1)?.grantId ?? '')
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('400 invalid_grant')
    })

    it('C16 is invalid_grant while the project is suspended, not invalid_client: clients would register anew', async () => {
      const suspended = await subject.target.project()
      const own = oauthClient(suspended, await suspended.client())
      const made = await newCode(suspended, own, { user: await suspended.user() })
      await suspended.configure({ suspended: true })
      expect(outcomeOf(await own.redeem(made.redeem))).toBe('400 invalid_grant')
      await suspended.configure({ suspended: false })
      expect(outcomeOf(await own.redeem(made.redeem))).toBe('200')
    })

    it('C17 is refused once the user was disabled', async () => {
      const gone = await project.user()
      const made = await newCode(project, client, { user: gone })
      await project.disableUser(gone.id)
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('400 invalid_grant')
    })

    it('is invalid_client once the client was revoked', async () => {
      const doomed = oauthClient(project, await project.client())
      const made = await newCode(project, doomed, { user })
      await project.revokeClient(doomed.clientId)
      expect(outcomeOf(await doomed.redeem(made.redeem))).toBe('401 invalid_client')
    })
  })

  it('RI07 for two resources yields a token for the one that is asked for, and later one for the other', async () => {
    const both = [project.resource, 'https://files.example.com']
    const made = await fresh({ resource: both })
    const tokens = tokensOf(await client.redeem({ ...made.redeem, resource: project.resource }))
    expect(decodeJwt(tokens.access).aud).toBe(project.resource)
    const second = tokensOf(await client.refresh(tokens.refresh, { resource: 'https://files.example.com' }))
    expect(decodeJwt(second.access).aud).toBe('https://files.example.com')
    expect(outcomeOf(await client.refresh(second.refresh, { resource: 'https://third.example.com' }))).toBe('400 invalid_target')
    expect(decodeJwt(tokensOf(await client.refresh(second.refresh)).access).aud).toEqual(both)
  })
})
