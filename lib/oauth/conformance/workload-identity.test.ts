import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { JWT_BEARER, TOKEN_EXCHANGE } from '../grant-type.ts'
import { USER_ID_TYPE } from '../grants/subject-token.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import { type ClientKey, clientKey } from './client-key.ts'
import { exactClock, type Members } from './dpop-key.ts'
import {
  type Answer,
  bearer,
  type Form,
  introspect,
  isActive,
  oauthClient,
  outcomeOf,
  postForm,
  postJson,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

const PLATFORM = 'https://token.actions.example.com'
const FILES = 'https://files.example.com'
const RULES = [
  { claims: { repository: 'acme/notes', ref: 'refs/heads/main' }, scopes: ['read', 'write'] },
  { claims: { repository: 'acme/notes' }, scopes: ['read'] },
]

conformance('workload identity', (subject) => {
  let project: TestProject
  let platform: ClientKey
  let now: () => number
  beforeAll(async () => {
    platform = await clientKey('RS256')
    project = await newProject()
    await project.addResource(FILES)
    now = await exactClock(subject.target, project)
  })
  const newProject = async (settings: object = {}) => {
    const made = await subject.target.project({ workloadIdentity: true, ...settings })
    await made.addScope('admin', false)
    await made.trust({ kind: 'workload', issuer: PLATFORM, jwks: { keys: [platform.jwk] }, rules: RULES })
    return made
  }
  const claimsOf = (answer: Answer) => decodeJwt(tokensOf(answer).access)
  const rows = async (action: string, of = project) => (await of.audit()).filter((row) => row.action === action)
  const workload = async (changes: Members = {}, header: Members = {}, key = platform, of = project): Promise<string> => {
    const named = { iss: PLATFORM, sub: 'repo:acme/notes:ref:refs/heads/main', aud: of.issuer, jti: randomUUID() }
    const claims = { ...named, repository: 'acme/notes', ref: 'refs/heads/main', exp: now() + 300, iat: now(), ...changes }
    const assertion = await key.sign(claims, header)
    subject.target.remember(assertion)
    return assertion
  }
  const bring = (assertion: string, form: Form = {}, of = project) =>
    postForm(of, '/api/oauth/token', { grant_type: JWT_BEARER, assertion, ...form })
  const ask = async (changes: Members = {}, form: Form = {}, header: Members = {}) => bring(await workload(changes, header), form)

  it('is advertised where it is on, without the profile of the other one', async () => {
    const metadata = (await (await project.fetch('/.well-known/oauth-authorization-server')).json()) as Record<string, unknown>
    expect(metadata.grant_types_supported).toContain(JWT_BEARER)
    expect(metadata).not.toHaveProperty('authorization_grant_profiles_supported')
  })

  it('X19 is unsupported_grant_type where both are off', async () => {
    const off = await newProject({ workloadIdentity: false })
    expect(outcomeOf(await bring(await workload({}, {}, platform, off), {}, off))).toBe('400 unsupported_grant_type')
  })

  it('X19 takes no ID-JAG where only this one is on', async () =>
    expect(outcomeOf(await ask({}, {}, { typ: 'oauth-id-jag+jwt' }))).toBe('400 unauthorized_client'))

  it('is told from an ID-JAG by its type where both are on', async () => {
    const both = await newProject({ enterpriseAuthorization: true })
    expect(outcomeOf(await bring(await workload({}, {}, platform, both), {}, both))).toBe('200')
    const idJag = await workload({}, { typ: 'oauth-id-jag+jwt' }, platform, both)
    expect(outcomeOf(await bring(idJag, {}, both))).toBe('401 invalid_client')
  })

  describe('a workload', () => {
    it('X18 gets a token of its own without being registered, and no refresh token', async () => {
      const answer = await ask()
      expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const claims = claimsOf(answer)
      expect(claims).toMatchObject({
        ...{ iss: project.issuer, aud: project.resource, scope: 'read write', sub: claims.client_id },
        workload: { iss: PLATFORM, sub: 'repo:acme/notes:ref:refs/heads/main' },
      })
      expect(claims.sub).toMatch(/^workload:[0-9a-f]{64}$/)
    })

    it('is called the same each time, and differently from every other, here and elsewhere', async () => {
      const elsewhere = await newProject()
      const again = claimsOf(await ask()).sub
      const others = [await ask({ sub: 'other' }), await bring(await workload({}, {}, platform, elsewhere), {}, elsewhere)]
      expect(claimsOf(await ask({ jti: undefined, iat: now() - 1 })).sub).toBe(again)
      expect(new Set([again, ...others.map((answer) => claimsOf(answer).sub)]).size).toBe(3)
    })

    it('X23 leaves exactly one row, with who it is', async () => {
      const claims = claimsOf(await ask({ sub: 'logged' }))
      expect((await rows('assertion.issued')).filter(({ clientId }) => clientId === claims.client_id)).toEqual([
        expect.objectContaining({
          ...{ actorKind: 'client', actorId: claims.client_id },
          detail: { kind: 'workload', issuer: PLATFORM, subject: 'logged', jti: claims.jti, scope: 'read write', aud: project.resource },
        }),
      ])
    })

    it.each<[string, Members, Form, string]>([
      ['all that its rules give', {}, {}, '200 read write'],
      ['what another rule gives', { ref: 'refs/heads/topic' }, {}, '200 read'],
      ['what it asks for of that', {}, { scope: 'write' }, '200 write'],
      ['what of that it may have', { ref: 'x' }, { scope: 'read write admin' }, '200 read'],
      ['nothing else', { ref: 'x' }, { scope: 'write' }, '400 invalid_scope undefined'],
      ['nothing that the project has not', {}, { scope: 'root' }, '400 invalid_scope undefined'],
      ['nothing without a rule', { repository: 'acme/other' }, {}, '400 invalid_grant undefined'],
      ['nothing without the claims of a rule', { repository: undefined }, {}, '400 invalid_grant undefined'],
    ])('gets %s', async (_, changes, form, outcome) => {
      const answer = await ask(changes, form)
      expect(`${outcomeOf(answer)} ${answer.body.scope}`).toBe(outcome)
    })

    it('names the resource it wants', async () => {
      expect(claimsOf(await ask({}, { resource: FILES })).aud).toBe(FILES)
      expect(outcomeOf(await ask({}, { resource: 'https://evil.test' }))).toBe('400 invalid_target')
    })

    it.each<[string, () => Members, Members?]>([
      ['the issuer with a slash', () => ({ aud: `${project.issuer}/` })],
      ['the token endpoint', () => ({ aud: `${project.issuer}/api/oauth/token` })],
      ['the token endpoint with a slash', () => ({ aud: `${project.issuer}/api/oauth/token/` })],
      ['a list of both', () => ({ aud: [project.issuer, `${project.issuer}/api/oauth/token`] })],
      ['any of them, as SPIFFE writes its header', () => ({}), { typ: 'JOSE' }],
      ['any of them, with the type JWT', () => ({}), { typ: 'JWT' }],
    ])('may address %s', async (_, changes, header) => expect(outcomeOf(await ask(changes(), {}, header))).toBe('200'))

    it('may send a client_id, which means nothing', async () =>
      expect(claimsOf(await ask({}, { client_id: 'conformance-wif-workload' })).client_id).toMatch(/^workload:/))
  })

  describe('an assertion', () => {
    it.each<[string, (now: number) => Members, Members?]>([
      ['has expired', () => ({ exp: 1 })],
      ['never expires', () => ({ exp: undefined })],
      ['lives two days', (at) => ({ exp: at + 172_800 })],
      ['does not say when it was made', () => ({ iat: undefined })],
      ['is for somebody else', () => ({ aud: 'https://wrong.example' })],
      ['is for somebody else too', () => ({ aud: [project.issuer, 'https://wrong.example'] })],
      ['X10 is of an unknown issuer', () => ({ iss: 'https://idp.conformance-test.local' })],
      ['is of nobody', () => ({ sub: undefined })],
      ['has a jti that is no text', () => ({ jti: 7 })],
      ['X11 is an access token', () => ({}), { typ: 'at+jwt' }],
      ['X22 is bound to a key', () => ({ cnf: { jkt: 'x' } })],
      ['X06 has an unknown extension', () => ({}), { crit: ['b64'], b64: true }],
    ])('that %s is invalid_grant, and nothing is stored', async (_, changes, header) => {
      const own = await newProject()
      const before = await own.snapshot()
      const answer = await bring(await workload({ aud: own.issuer, ...changes(now()) }, header, platform, own), {}, own)
      expect(outcomeOf(answer)).toBe('400 invalid_grant')
      expect(await own.snapshot()).toBe(before)
    })

    it('X06 signed by anybody else is invalid_grant', async () => {
      const stranger = await clientKey('RS256', String(platform.jwk.kid))
      expect(outcomeOf(await bring(await workload({}, {}, stranger)))).toBe('400 invalid_grant')
      expect(outcomeOf(await bring('x'))).toBe('400 invalid_grant')
      expect(outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: JWT_BEARER }))).toBe('400 invalid_request')
    })

    it.each<[string, Members]>([
      ['by its jti', {}],
      ['by what was signed, where it has none', { jti: undefined }],
    ])('X16 counts once, %s, also at once and at two processes', async (_, changes) => {
      const own = await newProject()
      const assertion = await workload({ sub: randomUUID(), ...changes }, {}, platform, own)
      const send = (i: number) =>
        postForm(own, '/api/oauth/token', { grant_type: JWT_BEARER, assertion }, { instance: i % 2 === 0 ? 1 : 2 })
      const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => send(i)))
      expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array(7).fill('400 invalid_grant')])
      expect(await rows('assertion.replayed', own)).toHaveLength(1)
    })

    it('X16 counts once, however its signature is written', async () => {
      const own = await newProject()
      const key = await clientKey('ES256')
      await own.trust({ kind: 'workload', issuer: 'https://es.example', jwks: { keys: [key.jwk] }, rules: RULES })
      const assertion = await workload({ iss: 'https://es.example', jti: undefined }, {}, key, own)
      const twin = assertion.replace(/[^.]*$/, (signature) => otherSignature(signature))
      expect(twin).not.toBe(assertion)
      expect(outcomeOf(await bring(twin, {}, own))).toBe('200')
      expect(outcomeOf(await bring(assertion, {}, own))).toBe('400 invalid_grant')
    })

    it('is not used up by a request that fails for another reason', async () => {
      const assertion = await workload()
      expect(outcomeOf(await bring(assertion, { scope: 'root' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await bring(assertion))).toBe('200')
    })

    it('that is wrong is told to wait after twenty times a minute', async () => {
      const own = await newProject()
      const outcomes = await Promise.all(Array.from({ length: 21 }, () => bring('x', {}, own)))
      expect(outcomes.map(outcomeOf).toSorted()).toEqual([...Array(20).fill('400 invalid_grant'), '429 temporarily_unavailable'])
    })
  })

  describe('its token', () => {
    it('is active for the project’s server, and nobody’s else', async () => {
      const { access } = tokensOf(await ask())
      const { sub } = decodeJwt(access)
      expect((await introspect(project, access)).body).toMatchObject({ active: true, sub, client_id: sub, workload: { iss: PLATFORM } })
      const machine = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      expect((await machine.introspect(access)).body).toEqual({ active: false })
      expect(await isActive(await newProject(), access)).toBe(false)
    })

    it('ends when the project trusts its issuer no longer, also if it does so again', async () => {
      const own = await newProject()
      const { access } = tokensOf(await bring(await workload({}, {}, platform, own), {}, own))
      expect(await isActive(own, access)).toBe(true)
      await own.distrust('workload', PLATFORM)
      expect(await isActive(own, access)).toBe(false)
      await own.advance(2)
      await own.trust({ kind: 'workload', issuer: PLATFORM, jwks: { keys: [platform.jwk] }, rules: RULES })
      expect(await isActive(own, access)).toBe(false)
    })

    it('is no client’s to revoke, and the workload no client', async () => {
      const { access } = tokensOf(await ask())
      const machine = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      expect(outcomeOf(await machine.revoke(access))).toBe('200')
      expect(await isActive(project, access)).toBe(true)
      const client_id = String(decodeJwt(access).client_id)
      expect(outcomeOf(await postForm(project, '/api/oauth/revoke', { token: access, client_id }))).toBe('401 invalid_client')
    })

    it('is nobody’s subject, but may say who acts', async () => {
      const { access } = tokensOf(await ask())
      const exchange = (form: Form) =>
        postForm(project, '/api/oauth/token', { grant_type: TOKEN_EXCHANGE, ...form }, { headers: bearer(project.serverSecret) })
      expect(outcomeOf(await exchange({ subject_token: access, subject_token_type: ACCESS_TOKEN_TYPE }))).toBe('400 invalid_request')
      const form = { subject_token: 'ann', subject_token_type: USER_ID_TYPE, actor_token: access, actor_token_type: ACCESS_TOKEN_TYPE }
      expect(claimsOf(await exchange(form)).act).toEqual({ sub: decodeJwt(access).sub })
    })

    it('J13 has a name that no user of the customer’s and no claim of a minted token may have', async () => {
      const mint = (body: object) => postJson(project, '/api/oauth/token/exchange', body, bearer(project.serverSecret))
      expect(outcomeOf(await mint({ user_id: String(claimsOf(await ask()).sub) }))).toBe('400 invalid_request')
      expect(outcomeOf(await mint({ user_id: 'u', claims: { workload: { iss: PLATFORM } } }))).toBe('400 invalid_request')
    })
  })
})

/** (r, n − s) verifies wherever (r, s) does: so many ways are there to write one signature of P-256. */
function otherSignature(signature: string): string {
  const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
  const bytes = Buffer.from(signature, 'base64url')
  const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
  return Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]).toString('base64url')
}
