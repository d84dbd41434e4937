import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type DpopKey, dpopKey, type Members, serverClock } from './dpop-key.ts'
import {
  type Answer,
  answerOf,
  bearer,
  connect,
  introspect,
  newCode,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pkcePair,
  postForm,
  postJson,
  redirectOf,
  type Sent,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type ClientOptions, REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

const TOKEN = '/api/oauth/token'
const USERINFO = '/api/oauth/userinfo'
const EXCHANGE = '/api/oauth/token/exchange'
const MACHINE: ClientOptions = { method: 'client_secret_basic', grantTypes: ['client_credentials'] }
const CREDENTIALS = { grant_type: 'client_credentials' } as const

const boundTo = ({ body }: Answer): unknown => (decodeJwt(body.access_token ?? '').cnf as { jkt?: string } | undefined)?.jkt
const typeOf = ({ body }: Answer): string | undefined => body.token_type

conformance('DPoP', (subject) => {
  let project: TestProject
  let user: TestUser
  let open: OAuthClient
  let web: OAuthClient
  let machine: OAuthClient
  let mine: DpopKey
  let other: DpopKey
  let now: () => number
  beforeAll(async () => {
    project = await subject.target.project({ dpop: 'on' })
    user = await project.user()
    open = oauthClient(project, await project.client())
    web = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
    machine = oauthClient(project, await project.client(MACHINE))
    mine = await dpopKey()
    other = await dpopKey('EdDSA')
    now = await serverClock(project)
  })
  const claims = (changes: Members = {}): Members => ({ htm: 'POST', htu: `${project.issuer}${TOKEN}`, iat: now(), ...changes })
  const proven = async (key = mine, changes: Members = {}): Promise<Sent> => ({ headers: { dpop: await key.proof(claims(changes)) } })
  const fresh = (client = open, changes = {}) => newCode(project, client, { user }, changes)
  const rowsOf = async (action: string, grantId: string) =>
    (await project.audit()).filter((row) => row.action === action && row.grantId === grantId)

  describe('a proof', () => {
    it('binds the token of a code to its key, and says so wherever one asks', async () => {
      const answer = await open.redeem((await fresh()).redeem, await proven())
      expect([outcomeOf(answer), typeOf(answer), boundTo(answer)]).toEqual(['200', 'DPoP', mine.jkt])
      expect((await introspect(project, tokensOf(answer).access)).body).toMatchObject({
        active: true,
        token_type: 'DPoP',
        cnf: { jkt: mine.jkt },
      })
    })

    it('binds a token without a user', async () => {
      const answer = await machine.token(CREDENTIALS, await proven(other))
      expect([outcomeOf(answer), typeOf(answer), boundTo(answer)]).toEqual(['200', 'DPoP', other.jkt])
    })

    it('binds what the project’s backend mints, at either of its endpoints', async () => {
      const secret = bearer(project.serverSecret)
      const dpop = await mine.proof(claims({ htu: `${project.issuer}${EXCHANGE}` }))
      const direct = await postJson(project, EXCHANGE, { user_id: 'customer-7' }, { ...secret, dpop })
      expect([outcomeOf(direct), typeOf(direct), boundTo(direct)]).toEqual(['200', 'DPoP', mine.jkt])

      const form = {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: 'customer-7',
        subject_token_type: 'urn:gatehouse:params:oauth:token-type:user-id',
      }
      const { headers } = await proven()
      const exchanged = await postForm(project, TOKEN, form, { headers: { ...secret, ...headers } })
      expect([outcomeOf(exchanged), typeOf(exchanged), boundTo(exchanged)]).toEqual(['200', 'DPoP', mine.jkt])
    })

    it('is the caller’s choice: without one the token is a bearer token', async () => {
      const answer = await machine.token(CREDENTIALS)
      expect([outcomeOf(answer), typeOf(answer), boundTo(answer)]).toEqual(['200', 'bearer', undefined])
      expect((await introspect(project, tokensOf(answer).access)).body).not.toHaveProperty('cnf')
    })

    it('counts once', async () => {
      const sent = await proven()
      expect(outcomeOf(await machine.token(CREDENTIALS, sent))).toBe('200')
      const before = await project.snapshot()
      expect(outcomeOf(await machine.token(CREDENTIALS, sent))).toBe('400 invalid_dpop_proof')
      expect(await project.snapshot()).toBe(before)
    })

    it('that comes ten times at once counts once', async () => {
      const sent = await proven()
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => machine.token(CREDENTIALS, { ...sent, instance: i % 2 ? 2 : 1 })),
      )
      expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array<string>(9).fill('400 invalid_dpop_proof')])
    })

    it('is not used up by a request that is refused for something else', async () => {
      const { redeem } = await fresh()
      const sent = await proven()
      const before = await project.snapshot()
      expect(outcomeOf(await open.redeem({ ...redeem, code_verifier: 'w'.repeat(43) }, sent))).toBe('400 invalid_grant')
      expect(outcomeOf(await open.redeem({ ...redeem, resource: 'https://evil.test' }, sent))).toBe('400 invalid_target')
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await open.redeem(redeem, sent))).toBe('200')
    })

    it.each<[string, Members]>([
      ['for another method', { htm: 'GET' }],
      ['for another endpoint', { htu: 'https://evil.test/api/oauth/token' }],
      ['of ten minutes ago', { iat: 0 }],
      ['without an id', { jti: undefined }],
    ])('%s is refused before anything is spent', async (_, changes) => {
      const { redeem } = await fresh()
      const before = await project.snapshot()
      const { headers = {} } = await proven(mine, changes)
      const answer = await open.redeem(redeem, { headers: { ...headers, origin: 'https://app.example.com' } })
      expect(outcomeOf(answer)).toBe('400 invalid_dpop_proof')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await open.redeem(redeem, await proven()))).toBe('200')
    })

    it.each(['', 'x', 'e30.e30.e30', 'a'.repeat(9_000)])('that is none (%#) is refused, not ignored', async (dpop) => {
      const before = await project.snapshot()
      expect(outcomeOf(await machine.token(CREDENTIALS, { headers: { dpop } }))).toBe('400 invalid_dpop_proof')
      expect(await project.snapshot()).toBe(before)
    })

    it('is not looked at before the client has proven who it is', async () => {
      const wrong = oauthClient(project, { ...machine, clientSecret: 'wrong' })
      expect(outcomeOf(await wrong.token(CREDENTIALS, { headers: { dpop: 'x' } }))).toBe('401 invalid_client')
    })

    it('T01 for one project is worth nothing at another', async () => {
      const elsewhere = await subject.target.project({ dpop: 'on' })
      const theirs = oauthClient(elsewhere, await elsewhere.client(MACHINE))
      const sent = await proven()
      const before = await elsewhere.snapshot()
      expect(outcomeOf(await theirs.token(CREDENTIALS, sent))).toBe('400 invalid_dpop_proof')
      expect(await elsewhere.snapshot()).toBe(before)
      expect(outcomeOf(await machine.token(CREDENTIALS, sent))).toBe('200')
    })
  })

  describe('the refresh token of a public client', () => {
    const bound = async () => {
      const made = await fresh()
      const answer = await open.redeem(made.redeem, await proven())
      return { ...tokensOf(answer), grantId: String(decodeJwt(answer.body.access_token ?? '').grant_id) }
    }

    it('F23 wants a proof of the same key, and survives every other attempt', async () => {
      const { refresh } = await bound()
      const before = await project.snapshot()
      expect(outcomeOf(await open.refresh(refresh))).toBe('400 invalid_dpop_proof')
      expect(outcomeOf(await open.refresh(refresh, {}, await proven(other)))).toBe('400 invalid_grant')
      expect(outcomeOf(await open.refresh(refresh, {}, await proven(mine, { iat: 0 })))).toBe('400 invalid_dpop_proof')
      expect(await project.snapshot()).toBe(before)

      const answer = await open.refresh(refresh, {}, await proven())
      expect([outcomeOf(answer), typeOf(answer), boundTo(answer)]).toEqual(['200', 'DPoP', mine.jkt])
      expect(outcomeOf(await open.refresh(tokensOf(answer).refresh))).toBe('400 invalid_dpop_proof')
      expect(outcomeOf(await open.refresh(tokensOf(answer).refresh, {}, await proven()))).toBe('200')
    })

    it('F02 repeated with a new proof yields the same successor', async () => {
      const { refresh } = await bound()
      const first = tokensOf(await open.refresh(refresh, {}, await proven()))
      const again = await open.refresh(refresh, {}, await proven())
      expect(tokensOf(again).refresh).toBe(first.refresh)
      expect(boundTo(again)).toBe(mine.jkt)
      expect(outcomeOf(await open.refresh(refresh))).toBe('400 invalid_dpop_proof')
    })

    it('F06 that comes back late ends the grant only in the hands of the key’s holder', async () => {
      const { refresh, grantId } = await bound()
      const second = tokensOf(await open.refresh(refresh, {}, await proven()))
      const third = tokensOf(await open.refresh(second.refresh, {}, await proven()))
      expect(outcomeOf(await open.refresh(refresh))).toBe('400 invalid_dpop_proof')
      expect(outcomeOf(await open.refresh(refresh, {}, await proven(other)))).toBe('400 invalid_grant')
      expect(await rowsOf('grant.revoked', grantId)).toEqual([])
      const fourth = tokensOf(await open.refresh(third.refresh, {}, await proven()))

      expect(outcomeOf(await open.refresh(refresh, {}, await proven()))).toBe('400 invalid_grant')
      expect(await rowsOf('grant.revoked', grantId)).toHaveLength(1)
      expect(outcomeOf(await open.refresh(fourth.refresh, {}, await proven()))).toBe('400 invalid_grant')
    })

    it('is bound to nothing when its code came without a proof; the access token still can be', async () => {
      const { refresh } = await connect(project, open, { user })
      const answer = await open.refresh(refresh, {}, await proven())
      expect([typeOf(answer), boundTo(answer)]).toEqual(['DPoP', mine.jkt])
      expect(typeOf(await open.refresh(tokensOf(answer).refresh))).toBe('bearer')
    })
  })

  it('leaves the refresh token of a confidential client to its secret', async () => {
    const { refresh } = tokensOf(await web.redeem((await fresh(web)).redeem, await proven()))
    const second = await web.refresh(refresh)
    expect([outcomeOf(second), typeOf(second)]).toEqual(['200', 'bearer'])
    const third = await web.refresh(tokensOf(second).refresh, {}, await proven(other))
    expect([outcomeOf(third), boundTo(third)]).toEqual(['200', other.jkt])
  })

  it('RFC 9449 §7.1 a bound token opens userinfo to the holder of its key alone', async () => {
    const personal = await subject.target.project({ dpop: 'on', openidConnect: true })
    const client = oauthClient(personal, await personal.client())
    const made = await newCode(personal, client, { user: await personal.user() }, { scope: 'openid read' })
    const proof = (htu: string, changes: Members, key = mine) =>
      key.proof({ htm: 'POST', htu: `${personal.issuer}${htu}`, iat: now(), ...changes })
    const { access } = tokensOf(await client.redeem(made.redeem, { headers: { dpop: await proof(TOKEN, {}) } }))
    const ath = createHash('sha256').update(access).digest('base64url')
    const ask = async (headers: Record<string, string>) =>
      outcomeOf(await answerOf(await personal.fetch(USERINFO, { headers: { authorization: `DPoP ${access}`, ...headers } })))
    const get = (changes: Members, key = mine) => proof(USERINFO, { htm: 'GET', ath, ...changes }, key)

    const dpop = await get({})
    expect(await ask({ dpop })).toBe('200')
    expect(await ask({ dpop })).toBe('401 invalid_dpop_proof')
    expect(await ask({})).toBe('401 invalid_token')
    expect(await ask({ dpop: await get({ ath: undefined }) })).toBe('401 invalid_dpop_proof')
    expect(await ask({ dpop: await get({ ath: 'x' }) })).toBe('401 invalid_dpop_proof')
    expect(await ask({ dpop: await get({ htm: 'POST' }) })).toBe('401 invalid_dpop_proof')
    expect(await ask({ dpop: await get({}, other) })).toBe('401 invalid_token')
    expect(await ask({ dpop: await get({}), authorization: `Bearer ${access}` })).toBe('401 invalid_token')
  })

  describe('dpop_jkt', () => {
    it('RFC 9449 §10 binds the code to a key, and no other attempt burns it', async () => {
      const { redeem } = await fresh(web, { dpop_jkt: mine.jkt })
      const before = await project.snapshot()
      expect(outcomeOf(await web.redeem(redeem))).toBe('400 invalid_dpop_proof')
      expect(outcomeOf(await web.redeem(redeem, await proven(other)))).toBe('400 invalid_grant')
      expect(await project.snapshot()).toBe(before)
      expect(boundTo(await web.redeem(redeem, await proven()))).toBe(mine.jkt)
    })

    it.each(['x', `${'A'.repeat(42)}=`, 'A'.repeat(44), `${'A'.repeat(42)}+`])(
      'that is no thumbprint (%s) is refused',
      async (dpop_jkt) => {
        const before = await project.snapshot()
        const answer = await project.fetch(open.authorizeUrl(pkcePair().challenge, { dpop_jkt }))
        expect(redirectOf(answer, REDIRECT_URI).kind).toBe('RED invalid_request')
        expect(await project.snapshot()).toBe(before)
      },
    )
  })

  it('RFC 9449 §5.2 a client that is registered so gets no token without a proof', async () => {
    const strict = { dpopBoundAccessTokens: true }
    const bound = oauthClient(project, await project.client({ ...MACHINE, ...strict }))
    expect(outcomeOf(await bound.token(CREDENTIALS))).toBe('400 invalid_dpop_proof')
    expect(boundTo(await bound.token(CREDENTIALS, await proven()))).toBe(mine.jkt)

    const native = oauthClient(project, await project.client(strict))
    const { redeem } = await fresh(native)
    expect(outcomeOf(await native.redeem(redeem))).toBe('400 invalid_dpop_proof')
    expect(boundTo(await native.redeem(redeem, await proven()))).toBe(mine.jkt)

    const mint = (headers = {}) =>
      postJson(project, EXCHANGE, { user_id: 'customer-7', client_id: native.clientId }, { ...bearer(project.serverSecret), ...headers })
    expect(outcomeOf(await mint())).toBe('400 invalid_dpop_proof')
    expect(boundTo(await mint((await proven(mine, { htu: `${project.issuer}${EXCHANGE}` })).headers))).toBe(mine.jkt)
  })

  describe('where a project asks for nonces', () => {
    let strict: TestProject
    let client: OAuthClient
    let native: OAuthClient
    beforeAll(async () => {
      strict = await subject.target.project({ dpop: 'nonce' })
      client = oauthClient(strict, await strict.client(MACHINE))
      native = oauthClient(strict, await strict.client())
    })
    const ask = async (nonce: unknown, iat = now()) =>
      client.token(CREDENTIALS, { headers: { dpop: await mine.proof({ htm: 'POST', htu: `${strict.issuer}${TOKEN}`, iat, nonce }) } })
    const told = ({ headers }: Answer): string => headers.get('dpop-nonce') ?? ''

    it('a proof without one is told it, and with it is accepted and told the next', async () => {
      const before = await strict.snapshot()
      const first = await ask(undefined)
      expect(outcomeOf(first)).toBe('400 use_dpop_nonce')
      expect(first.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
      expect(await strict.snapshot()).toBe(before)
      const second = await ask(told(first))
      expect([outcomeOf(second), typeOf(second), boundTo(second)]).toEqual(['200', 'DPoP', mine.jkt])
      expect(outcomeOf(await ask(told(second)))).toBe('200')
    })

    it('a code is not burnt by asking for one', async () => {
      const owner = await strict.user()
      const { redeem } = await newCode(strict, native, { user: owner })
      const sent = async (nonce?: string) => ({
        headers: { dpop: await mine.proof({ htm: 'POST', htu: `${strict.issuer}${TOKEN}`, iat: now(), nonce }) },
      })
      const asked = await native.redeem(redeem, await sent())
      expect(outcomeOf(asked)).toBe('400 use_dpop_nonce')
      expect(outcomeOf(await native.redeem(redeem, await sent(told(asked))))).toBe('200')
    })

    it('one of another project, or made up, counts for nothing', async () => {
      const elsewhere = await subject.target.project({ dpop: 'nonce' })
      const theirs = oauthClient(elsewhere, await elsewhere.client(MACHINE))
      const dpop = await mine.proof({ htm: 'POST', htu: `${elsewhere.issuer}${TOKEN}`, iat: now() })
      const foreign = told(await theirs.token(CREDENTIALS, { headers: { dpop } }))
      expect(foreign).not.toBe('')
      for (const nonce of [foreign, 'x', '', 7, [told(await ask(undefined))]])
        expect(outcomeOf(await ask(nonce))).toBe('400 use_dpop_nonce')
    })
  })

  describe('where a project has it off', () => {
    it('is not promised, and an unsolicited header is not looked at', async () => {
      const off = await subject.target.project()
      const client = oauthClient(off, await off.client(MACHINE))
      for (const dpop of ['x', await mine.proof({ htm: 'POST', htu: `${off.issuer}${TOKEN}`, iat: now() })]) {
        const answer = await client.token(CREDENTIALS, { headers: { dpop } })
        expect([outcomeOf(answer), typeOf(answer), boundTo(answer)]).toEqual(['200', 'bearer', undefined])
      }
      const document = await answerOf(await off.fetch('/.well-known/oauth-authorization-server'))
      expect(document.text).not.toContain('dpop')
      const native = oauthClient(off, await off.client())
      const made = await newCode(off, native, { user: await off.user() }, { dpop_jkt: mine.jkt })
      expect(typeOf(await native.redeem(made.redeem))).toBe('bearer')
    })

    it('what was bound before stays bound: switching it off frees no stolen token', async () => {
      const changing = await subject.target.project({ dpop: 'on' })
      const client = oauthClient(changing, await changing.client())
      const made = await newCode(changing, client, { user: await changing.user() })
      const sent = async () => ({ headers: { dpop: await mine.proof({ htm: 'POST', htu: `${changing.issuer}${TOKEN}`, iat: now() }) } })
      const { refresh } = tokensOf(await client.redeem(made.redeem, await sent()))
      await changing.configure({ dpop: 'off' })
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_dpop_proof')
      expect(boundTo(await client.refresh(refresh, {}, await sent()))).toBe(mine.jkt)
    })
  })

  it.each(['on', 'nonce'] as const)('is promised where it is %s', async (dpop) => {
    const promising = await subject.target.project({ dpop })
    const document = (await answerOf(await promising.fetch('/.well-known/oauth-authorization-server'))).body
    expect(document.dpop_signing_alg_values_supported).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA'])
  })

  it('believes a nonce for five minutes at least and ten at most', async () => {
    if (subject.target.door !== 'in-process') return // a server's clock cannot be moved
    const strict = await subject.target.project({ dpop: 'nonce' })
    const client = oauthClient(strict, await strict.client(MACHINE))
    const ask = async (nonce?: string) => {
      const iat = (await serverClock(strict))()
      return client.token(CREDENTIALS, {
        headers: { dpop: await mine.proof({ htm: 'POST', htu: `${strict.issuer}${TOKEN}`, iat, nonce }) },
      })
    }
    await strict.advance(299) // to the end of a period
    const nonce = (await ask()).headers.get('dpop-nonce') ?? ''
    await strict.advance(299)
    expect(outcomeOf(await ask(nonce))).toBe('200')
    await strict.advance(302)
    expect(outcomeOf(await ask(nonce))).toBe('400 use_dpop_nonce')
  })
})
