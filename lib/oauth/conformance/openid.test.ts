import { createHash } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE } from '../grant-type.ts'
import { dpopKey, serverClock } from './dpop-key.ts'
import {
  type Answer,
  answerOf,
  approve,
  bearer,
  connect,
  type Form,
  introspect,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  openConsent,
  outcomeOf,
  pkcePair,
  postForm,
  postJson,
  redirectOf,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

conformance('OpenID Connect', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project({ openidConnect: true })
    user = await project.user()
    client = oauthClient(project, await project.client())
  })
  const redeemed = async (changes: Form, scopes?: readonly string[]): Promise<Answer> => {
    const made = await newCode(project, client, { user, ...(scopes ? { scopes } : {}) }, changes)
    return client.redeem(made.redeem)
  }
  const idTokenIn = ({ body }: Answer): string => {
    if (!body.id_token) throw new Error('there is no id_token')
    return body.id_token
  }
  const jwksOf = async (of: TestProject): Promise<JSONWebKeySet> =>
    (await (await of.fetch('/.well-known/jwks.json')).json()) as JSONWebKeySet
  const userinfo = async (token: string | null, { at = project, method = 'GET', scheme = 'Bearer', headers = {} } = {}) =>
    answerOf(
      await at.fetch('/api/oauth/userinfo', { method, headers: { ...(token ? { authorization: `${scheme} ${token}` } : {}), ...headers } }),
    )
  const halfHash = (text: string) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')

  describe('an id_token', () => {
    it('comes with the code when openid was asked for, and verifies by its kid for whoever has the JWKS', async () => {
      const answer = await redeemed({ scope: 'openid read', nonce: 'n-0S6_WzA2Mj' })
      const jwks = await jwksOf(project)
      const { payload, protectedHeader } = await jwtVerify(idTokenIn(answer), createLocalJWKSet(jwks), {
        issuer: project.issuer,
        audience: client.clientId,
        algorithms: ['RS256'],
        currentDate: new Date(Number(decodeJwt(idTokenIn(answer)).iat) * 1000),
      })
      const kid = jwks.keys.find(({ alg }) => alg === 'RS256')?.kid
      expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'RS256', kid })
      const { iat, exp } = decodeJwt(answer.body.access_token ?? '')
      expect(payload).toEqual({
        ...{ iss: project.issuer, aud: client.clientId, sub: user.id, nonce: 'n-0S6_WzA2Mj', iat, exp },
        ...{ auth_time: expect.any(Number), at_hash: halfHash(answer.body.access_token ?? '') },
      })
      expect(answer.body.scope).toBe('read openid')
    })

    it.each([
      ['letters of many kinds', 'é ü 🎈'],
      ['quotes and braces', '"\\ {}'],
      ['1024 characters', 'n'.repeat(1024)],
    ])('says the nonce back byte for byte: %s', async (_, nonce) => {
      expect(decodeJwt(idTokenIn(await redeemed({ scope: 'openid', nonce }))).nonce).toBe(nonce)
    })

    it('has no nonce where none was sent, and none at a refresh, which tells of the same sign-in', async () => {
      expect(decodeJwt(idTokenIn(await redeemed({ scope: 'openid' })))).not.toHaveProperty('nonce')
      const first = await redeemed({ scope: 'openid read', nonce: 'once' })
      await project.advance(5)
      const second = await client.refresh(first.body.refresh_token ?? '')
      const [before, after] = [decodeJwt(idTokenIn(first)), decodeJwt(idTokenIn(second))]
      expect(after).toMatchObject({ iss: before.iss, sub: before.sub, aud: before.aud })
      expect(Math.abs(Number(after.auth_time) - Number(before.auth_time))).toBeLessThanOrEqual(5)
      expect(after).not.toHaveProperty('nonce')
      expect(after.at_hash).toBe(halfHash(second.body.access_token ?? ''))
    })

    it('does not come with a refresh that leaves openid out, nor without openid at all', async () => {
      const first = await redeemed({ scope: 'openid read' })
      const narrowed = await client.refresh(first.body.refresh_token ?? '', { scope: 'read' })
      expect([narrowed.body.scope, narrowed.body.id_token]).toEqual(['read', undefined])
      expect((await redeemed({ scope: 'read', nonce: 'unused' })).body).not.toHaveProperty('id_token')
    })

    it('comes again, with its refresh token, to a client that lost the answer', async () => {
      const first = await redeemed({ scope: 'openid' })
      const [lost, again] = [await client.refresh(first.body.refresh_token ?? ''), await client.refresh(first.body.refresh_token ?? '')]
      expect(again.body.refresh_token).toBe(lost.body.refresh_token)
      expect(decodeJwt(idTokenIn(again)).sub).toBe(user.id)
    })

    it('tells when somebody really signed in', async () => {
      const browser = project.browser()
      const { redeem } = await newCode(project, client, { user, browser }, { scope: 'openid' })
      const before = decodeJwt(idTokenIn(await client.redeem(redeem)))
      await project.advance(60)
      const same = await newCode(project, client, { user, browser }, { scope: 'openid' })
      const after = decodeJwt(idTokenIn(await client.redeem(same.redeem)))
      expect(Number(after.iat) - Number(after.auth_time)).toBeGreaterThanOrEqual(59)
      expect(Number(before.iat) - Number(before.auth_time)).toBeLessThan(59)
    })
  })

  describe('X11 J05 an id_token', () => {
    it('is no access token, nor the reverse, whatever a resource server makes of its type', async () => {
      const answer = await redeemed({ scope: 'openid read' })
      const [idToken, access] = [idTokenIn(answer), answer.body.access_token ?? '']
      const keys = createLocalJWKSet(await jwksOf(project))
      const currentDate = new Date(Number(decodeJwt(access).iat) * 1000)
      await expect(jwtVerify(idToken, keys, { typ: 'at+jwt', currentDate })).rejects.toMatchObject({
        code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
      })
      await expect(jwtVerify(idToken, keys, { audience: project.resource, currentDate })).rejects.toMatchObject({ claim: 'aud' })
      await expect(jwtVerify(access, keys, { typ: 'JWT', currentDate })).rejects.toMatchObject({ claim: 'typ' })
      expect(decodeProtectedHeader(idToken).kid).not.toBe(decodeProtectedHeader(access).kid)
    })

    it('opens nothing of ours', async () => {
      const answer = await redeemed({ scope: 'openid read' })
      const idToken = idTokenIn(answer)
      expect((await introspect(project, idToken)).text).toBe('{"active":false}')
      expect(outcomeOf(await userinfo(idToken))).toBe('401 invalid_token')
      expect(outcomeOf(await client.refresh(idToken))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.revoke(idToken))).toBe('200')
      const exchange = {
        grant_type: TOKEN_EXCHANGE,
        subject_token: idToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', exchange, { headers: bearer(project.serverSecret) }))).toBe(
        '400 invalid_request',
      )
      expect(await isActive(project, answer.body.access_token ?? '')).toBe(true)
    })
  })

  describe('the scopes', () => {
    it('are one box each but for openid, which goes along', async () => {
      const browser = project.browser()
      const url = client.authorizeUrl(pkcePair().challenge, { scope: 'write email openid profile read' })
      const form = await browser.form(await openConsent(project, url, { user, browser }))
      expect(form.scopes.toSorted()).toEqual(['email', 'profile', 'read', 'write'])
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: ['read', 'email'] })
      expect(redirectOf(answered, REDIRECT_URI).kind).toBe('RED code')
      expect((await project.audit()).at(-1)?.detail?.granted).toBe('read email openid')
    })

    it.each([
      ['everything else is declined', { scope: 'openid email profile' }, [], 'openid'],
      ['nothing else was asked for', { scope: 'openid' }, undefined, 'openid'],
      ['unknown ones were asked for too', { scope: 'openid address unknown' }, undefined, 'openid'],
      ['offline_access was asked for too', { scope: 'openid offline_access' }, undefined, 'openid offline_access'],
    ])('are openid alone when %s', async (_, changes, scopes, granted) => {
      const answer = await redeemed(changes, scopes)
      expect(answer.body.scope).toBe(granted)
      expect(decodeJwt(idTokenIn(answer))).not.toHaveProperty('email')
    })

    it.each([undefined, 'profile email', 'offline_access'])('are never granted to who asks for %j', async (scope) => {
      const answer = await redeemed({ scope })
      expect(answer.body.scope?.split(' ').slice(0, 2)).toEqual(['read', 'write'])
      expect(answer.body.scope).not.toMatch(/openid|email|profile/)
      expect(answer.body).not.toHaveProperty('id_token')
    })

    it('stay within a ceiling that an operator set', async () => {
      const ceiled = oauthClient(project, await project.client({ scope: 'read' }))
      const made = await newCode(project, ceiled, { user }, { scope: 'openid read' })
      const answer = await ceiled.redeem(made.redeem)
      expect([answer.body.scope, answer.body.id_token]).toEqual(['read', undefined])
      const wider = oauthClient(project, await project.client({ scope: 'read openid' }))
      const second = await newCode(project, wider, { user }, { scope: 'openid email read' })
      expect((await wider.redeem(second.redeem)).body.scope).toBe('read openid')
    })

    it('are for people: neither a machine nor the project’s backend gets them', async () => {
      const machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))
      const answer = await machine.token({ grant_type: 'client_credentials', scope: 'openid email read' })
      expect([answer.body.scope, answer.body.id_token]).toEqual(['read', undefined])
      const minted = await postJson(
        project,
        '/api/oauth/token/exchange',
        { user_id: user.id, scope: 'openid email read' },
        bearer(project.serverSecret),
      )
      expect([minted.body.scope, minted.body.id_token]).toEqual(['read', undefined])
    })

    it.each([
      ['too long', 'n'.repeat(1025)],
      ['with a control character', 'a\u0007b'],
    ])('S06 a nonce %s is invalid_request, and nothing is stored', async (_, nonce) => {
      const browser = project.browser()
      const before = await project.snapshot()
      const answered = await browser.get(client.authorizeUrl(pkcePair().challenge, { scope: 'openid', nonce }))
      expect(redirectOf(answered, REDIRECT_URI).kind).toBe('RED invalid_request')
      expect(await project.snapshot()).toBe(before)
    })

    it('carry the nonce of a pushed request too', async () => {
      const pushing = await subject.target.project({ openidConnect: true, pushedRequests: true })
      const own = oauthClient(pushing, await pushing.client())
      const { verifier, challenge } = pkcePair()
      const request = { response_type: 'code', redirect_uri: REDIRECT_URI, code_challenge: challenge, code_challenge_method: 'S256' }
      const pushed = await postForm(pushing, '/api/oauth/par', { ...request, client_id: own.clientId, scope: 'openid', nonce: 'pushed' })
      const query = new URLSearchParams({ client_id: own.clientId, request_uri: String(pushed.body.request_uri) })
      const { searchParams } = await approve(pushing, `${pushing.issuer}/oauth/authorize?${query}`, { user: await pushing.user() })
      const answer = await own.redeem({ code: searchParams.get('code') ?? '', code_verifier: verifier, redirect_uri: REDIRECT_URI })
      expect(decodeJwt(idTokenIn(answer)).nonce).toBe('pushed')
    })
  })

  describe('userinfo', () => {
    it('tells what was granted, like the id_token: the address as unverified until somebody verifies it', async () => {
      const own = await project.user()
      const { redeem } = await newCode(project, client, { user: own }, { scope: 'openid email profile' })
      const answer = await client.redeem(redeem)
      const claims = { sub: own.id, email: own.email, email_verified: false }
      expect(decodeJwt(idTokenIn(answer))).toMatchObject(claims)
      expect((await userinfo(answer.body.access_token ?? '')).body).toEqual(claims)

      await project.verifyEmail(own.id)
      expect((await userinfo(answer.body.access_token ?? '')).body).toEqual({ ...claims, email_verified: true })
      const refreshed = await client.refresh(answer.body.refresh_token ?? '')
      expect(decodeJwt(idTokenIn(refreshed))).toMatchObject({ email_verified: true })
    })

    it('tells the id alone when nothing else was granted, by GET and by POST, and changes nothing', async () => {
      const { access } = tokensOf(await redeemed({ scope: 'openid' }))
      const before = await project.snapshot()
      for (const method of ['GET', 'POST']) {
        const answer = await userinfo(access, { method })
        expect([answer.status, answer.body]).toEqual([200, { sub: user.id }])
        expect(answer.headers.get('cache-control')).toBe('no-store')
        expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      }
      expect(await project.snapshot()).toBe(before)
    })

    it('without a token is 401 with a bare challenge; in the query or the body it is no token', async () => {
      const { access } = tokensOf(await redeemed({ scope: 'openid' }))
      const inQuery = await answerOf(await project.fetch(`/api/oauth/userinfo?access_token=${access}`))
      const inBody = await postForm(project, '/api/oauth/userinfo', { access_token: access })
      for (const answer of [await userinfo(null), await userinfo(access, { scheme: 'Basic' }), inQuery, inBody]) {
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="userinfo"'])
      }
    })

    it('with a dead or foreign token is 401 invalid_token', async () => {
      const other = await subject.target.project({ openidConnect: true })
      const foreign = await connect(other, oauthClient(other, await other.client()), { user: await other.user() }, { scope: 'openid' })
      const revoked = tokensOf(await redeemed({ scope: 'openid' }))
      await client.revoke(revoked.access)
      const ended = await connect(project, client, { user }, { scope: 'openid' })
      await project.endGrant(ended.grantId)
      const gone = await project.user()
      const disabled = await connect(project, client, { user: gone }, { scope: 'openid' })
      await project.disableUser(gone.id)
      const bad = [foreign.access, revoked.access, ended.access, disabled.access, 'x', `${ended.access.slice(0, -4)}AAAA`, revoked.refresh]
      for (const token of bad) {
        const answer = await userinfo(token)
        expect([outcomeOf(answer), answer.headers.get('www-authenticate')]).toEqual([
          '401 invalid_token',
          'Bearer realm="userinfo", error="invalid_token"',
        ])
      }
    })

    it('at another issuer of the same project is 401', async () => {
      const { access } = tokensOf(await redeemed({ scope: 'openid' }))
      expect(outcomeOf(await userinfo(access, { at: await project.twin() }))).toBe('401 invalid_token')
    })

    it('without openid is 403 insufficient_scope', async () => {
      const { access } = tokensOf(await redeemed({ scope: 'read' }))
      const answer = await userinfo(access)
      expect([outcomeOf(answer), answer.headers.get('www-authenticate')]).toEqual([
        '403 insufficient_scope',
        'Bearer realm="userinfo", error="insufficient_scope", scope="openid"',
      ])
    })

    it('RFC 9449 §7: takes a bound token with a fresh proof of its key, and otherwise not', async () => {
      const bound = await subject.target.project({ openidConnect: true, dpop: 'on' })
      const own = oauthClient(bound, await bound.client())
      const [key, stranger, now] = [await dpopKey(), await dpopKey(), await serverClock(bound)]
      const made = await newCode(bound, own, { user: await bound.user() }, { scope: 'openid' })
      const proof = await key.proof({ htm: 'POST', htu: `${bound.issuer}/api/oauth/token`, iat: now() })
      const headers = { dpop: proof }
      const answer = await postForm(
        bound,
        '/api/oauth/token',
        { grant_type: 'authorization_code', client_id: own.clientId, ...made.redeem },
        { headers },
      )
      const access = answer.body.access_token ?? ''
      const about = {
        htm: 'GET',
        htu: `${bound.issuer}/api/oauth/userinfo`,
        iat: now(),
        ath: createHash('sha256').update(access).digest('base64url'),
      }
      const good = await key.proof(about)
      const ask = (dpop: string | null, scheme = 'DPoP') => userinfo(access, { at: bound, scheme, headers: dpop ? { dpop } : {} })

      expect(outcomeOf(await ask(good))).toBe('200')
      expect(outcomeOf(await ask(good))).toBe('401 invalid_dpop_proof')
      expect(outcomeOf(await ask(null))).toBe('401 invalid_token')
      expect(outcomeOf(await ask(await stranger.proof(about)))).toBe('401 invalid_token')
      expect(outcomeOf(await ask(await key.proof({ ...about, ath: undefined })))).toBe('401 invalid_dpop_proof')
      expect(outcomeOf(await ask(await key.proof(about), 'Bearer'))).toBe('401 invalid_token')
    })
  })

  describe('switched off', () => {
    it('is neither promised nor answered, and its scopes count as not sent', async () => {
      const off = await subject.target.project()
      const own = oauthClient(off, await off.client())
      const document = await answerOf(await off.fetch('/.well-known/openid-configuration'))
      expect(document.body).not.toHaveProperty('userinfo_endpoint')
      expect((await jwksOf(off)).keys.some(({ alg }) => alg === 'RS256')).toBe(false)
      for (const method of ['GET', 'POST']) expect((await userinfo('x', { at: off, method })).status).toBe(404)
      const made = await newCode(off, own, { user: await off.user() }, { scope: 'openid email profile', nonce: 'n'.repeat(5000) })
      const answer = await own.redeem(made.redeem)
      expect([answer.body.scope, answer.body.id_token]).toEqual(['read write', undefined])
    })

    it('ends id_tokens and userinfo for what was granted before, and nothing else', async () => {
      const turned = await subject.target.project({ openidConnect: true })
      const own = oauthClient(turned, await turned.client())
      const connected = await connect(turned, own, { user: await turned.user() }, { scope: 'openid read' })
      await turned.configure({ openidConnect: false })
      expect((await userinfo(connected.access, { at: turned })).status).toBe(404)
      const refreshed = await own.refresh(connected.refresh)
      expect([refreshed.status, refreshed.body.id_token]).toEqual([200, undefined])
    })
  })

  it('is promised, once it is on', async () => {
    const { body } = await answerOf(await project.fetch('/.well-known/openid-configuration'))
    expect(body.userinfo_endpoint).toBe(`${project.issuer}/api/oauth/userinfo`)
    expect(body.scopes_supported).toEqual(['read', 'write', 'openid', 'profile', 'email', 'offline_access'])
    expect(body.id_token_signing_alg_values_supported).toEqual(['RS256', 'ES256'])
  })
})
