import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { pendingRequest } from '#lib/issuer/pending-request.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { updateUpstreamProvider } from '#lib/management/upstream-providers/update.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { locationOf, newPlace, PASSWORD, post, problemIn, signedIn, type Visit, visit, visitAccount } from '../fixtures.ts'
import {
  addProvider,
  arrive,
  type Connected,
  connect,
  departuresOf,
  identitiesOf,
  leave,
  passMinutesThere,
  peopleOf,
  press,
  signInWith,
  whither,
} from './fixtures.ts'
import { cancelThere, type Jar, signInThere, startProvider, type TestProvider } from './fixtures-provider.ts'

let there: TestProvider
let place: Connected
beforeAll(async () => {
  there = await startProvider()
  place = await connect(there)
})
beforeEach(() => there.instead.clear())
afterAll(async () => {
  await there.close()
  await closeDatabase()
})

/** Somebody whom the provider knows, with a verified address. */
function someone(): { login: string; email: string; name: string } {
  const login = unique('there')
  const person = { email: `${login}@example.com`, name: `Name of ${login}` }
  there.people.set(login, { ...person, email_verified: true })
  return { login, ...person }
}

const consentOf = (at: Visit) => `${at.place.issuer}/consent/${'request' in at.on && at.on.request}`
const withParameters = (url: URL, changes: Record<string, string | null>): URL => {
  const changed = new URL(url)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.searchParams.delete(name)
    else changed.searchParams.set(name, value)
  }
  return changed
}

describe('somebody who comes from a provider', () => {
  it('gets an account at the first sign-in, and is the same person at the second', async () => {
    const { login, email, name } = someone()
    const at = await visit(place)
    expect(locationOf(await signInWith(at, place.providerId, login))).toBe(consentOf(at))
    expect(await signedIn(at)).toBe(email)
    const [identity] = (await identitiesOf(place)).filter(({ subject }) => subject === login)
    expect(identity).toMatchObject({ issuer: there.issuer, userId: expect.stringMatching(/^user_[\w-]{22}$/) })
    const made = (await peopleOf(place)).find(({ id }) => id === identity?.userId)
    expect(made).toMatchObject({ email, name, emailVerifiedAt: expect.any(Date), passwordHash: null })

    const again = await visit(place)
    expect(locationOf(await signInWith(again, place.providerId, login))).toBe(consentOf(again))
    const rows = (await auditRows(place.setting.ctx)).filter(({ userId }) => userId === identity?.userId)
    expect(rows.map(({ action }) => action)).toEqual(['user.signed_up', 'user.signed_in'])
    for (const row of rows) expect(row).toMatchObject({ clientId: expect.stringMatching(/^c_/), detail: '{"way":"upstream"}' })
  })

  it('may come for the sake of a page of ours', async () => {
    const at = await visitAccount(place)
    expect(locationOf(await signInWith(at, place.providerId, someone().login))).toBe(`${place.issuer}/account`)
  })

  it('has an account without an address where the provider has verified none', async () => {
    const login = unique('unverified')
    there.people.set(login, { email: `${login}@example.com`, email_verified: false, name: 'Uma' })
    const at = await visit(place)
    expect(locationOf(await signInWith(at, place.providerId, login))).toBe(consentOf(at))
    expect((await peopleOf(place)).find(({ name }) => name === 'Uma')).toMatchObject({ email: null, emailVerifiedAt: null })
    const page = await pendingRequest('request' in at.on ? at.on.request : '', at.cookies)
    expect(page).toMatchObject({ kind: 'open', account: { email: null, name: 'Uma' } })
  })

  it('is read from the id_token where that says more than userinfo has to', async () => {
    const talkative = await startProvider({ claimsInIdToken: true })
    const here = await connect(talkative)
    talkative.people.set('tess', { email: 'Tess@Example.com', email_verified: true, name: ' Tess ' })
    talkative.instead.set('/me', () => 'silence')
    await signInWith(await visit(here), here.providerId, 'tess')
    expect(await peopleOf(here)).toMatchObject([{ email: 'tess@example.com', name: 'Tess' }])
    await talkative.close()
  })

  it('B15 is not taken for somebody here who has the same address, proven or not', async () => {
    const { login, email } = someone()
    const { id } = await createUser(place.setting.ctx, { email, password: PASSWORD })
    for (const proven of [false, true]) {
      if (proven) await prisma().endUser.updateMany({ where: { projectId: place.projectId, id }, data: { emailVerifiedAt: new Date() } })
      const at = await visit(place)
      const reply = await signInWith(at, place.providerId, login)
      expect(problemIn(reply)).toBe('email_taken')
      expect(locationOf(reply)).not.toMatch(/@|%40/)
      expect(await signedIn(at)).toBeNull()
    }
    expect((await identitiesOf(place)).filter(({ subject }) => subject === login)).toEqual([])
    const at = await visit(place)
    await post(at, 'sign-in', { email, password: PASSWORD })
    expect(await signedIn(at)).toBe(email)
  })

  it('B15 is not taken for somebody by an address in another script that looks like theirs when it is normalised', async () => {
    const { email } = someone()
    await createUser(place.setting.ctx, { email, password: PASSWORD })
    const login = unique('lookalike')
    there.people.set(login, { email: email.replace('example', 'ｅxample'), email_verified: true })
    await signInWith(await visit(place), place.providerId, login)
    expect((await peopleOf(place)).filter((each) => each.email === email)).toHaveLength(1)
  })

  it('makes no account where people may not make their own, and comes in where they have one', async () => {
    const { login } = someone()
    const here = await connect(there, {}, { signUpOpen: false })
    expect(problemIn(await signInWith(await visit(here), here.providerId, login))).toBe('closed')
    expect([await peopleOf(here), await identitiesOf(here)]).toEqual([[], []])
    await updateProject(here.setting.ctx, { signUpOpen: true })
    await waitForSettings()
    await signInWith(await visit(here), here.providerId, login)
    await updateProject(here.setting.ctx, { signUpOpen: false })
    await waitForSettings()
    const at = await visit(here)
    expect(locationOf(await signInWith(at, here.providerId, login))).toBe(consentOf(at))
  })

  it('does not come in when the account is disabled', async () => {
    const { login } = someone()
    await signInWith(await visit(place), place.providerId, login)
    const [identity] = (await identitiesOf(place)).filter(({ subject }) => subject === login)
    await disableUser(place.setting.ctx, { userId: identity?.userId ?? '' })
    const at = await visit(place)
    expect(problemIn(await signInWith(at, place.providerId, login))).toBe('disabled')
    expect(await signedIn(at)).toBeNull()
  })

  it('is one person, however many tabs they come from at once', async () => {
    const { login } = someone()
    const visits = await Promise.all([visit(place), visit(place), visit(place)])
    const returns = await Promise.all(visits.map(async (at) => signInThere(await leave(at, place.providerId), login)))
    const replies = await Promise.all(visits.map((at, i) => arrive(at, returns[i] ?? '')))
    expect(replies.map(locationOf)).toEqual(visits.map(consentOf))
    expect((await identitiesOf(place)).filter(({ subject }) => subject === login)).toHaveLength(1)
  })

  it('who is known by a trusted issuer already keeps that id, and gets the address only if nobody has it', async () => {
    const [ann, bob] = [someone(), someone()]
    await createUser(place.setting.ctx, { email: bob.email, password: PASSWORD })
    for (const { login } of [ann, bob]) {
      const data = { projectId: place.projectId, issuer: there.issuer, subject: login, userId: `user_${login}` }
      await prisma().externalIdentity.create({ data })
      const at = await visit(place)
      expect(locationOf(await signInWith(at, place.providerId, login))).toBe(consentOf(at))
    }
    const made = (await peopleOf(place)).filter(({ id }) => id.startsWith('user_there-'))
    expect(made.map(({ id, email }) => [id, email])).toEqual([
      [`user_${ann.login}`, ann.email],
      [`user_${bob.login}`, null],
    ])
  })
})

/** Settings are believed for a second. */
const waitForSettings = () => new Promise((resolve) => setTimeout(resolve, 1_100))

describe('the way to a provider', () => {
  it('X-08 begins with a button of ours: before it, and without its token, nothing is kept and nobody is sent', async () => {
    const here = await connect(there)
    const at = await visit(here)
    expect(await departuresOf(here)).toEqual([])
    const reply = await press(at, here.providerId, { csrf: 'x'.repeat(43) })
    expect([reply.status, whither(reply)]).toEqual([403, null])
    const foreign = await post(at, 'upstream', { provider: here.providerId }, { origin: 'https://evil.example' })
    expect([foreign.status, await departuresOf(here)]).toEqual([403, []])
    expect((await press(at, here.providerId)).status).toBe(200)
    expect(await departuresOf(here)).toHaveLength(1)
  })

  it('leads through a page and no redirect, to the provider with PKCE, a state and a nonce', async () => {
    const at = await visit(place)
    const reply = await press(at, place.providerId)
    expect(reply.headers).not.toHaveProperty('location')
    const url = new URL(whither(reply) ?? '')
    expect(String(reply.body)).toContain(`<a href="${url.href.replaceAll('&', '&amp;')}">`)
    expect(url.origin).toBe(there.issuer)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: place.there.clientId,
      redirect_uri: `${place.issuer}/oauth/callback/${place.providerId}`,
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
  })

  it('keeps neither state nor nonce nor verifier in clear', async () => {
    const here = await connect(there)
    const { login } = someone()
    const url = new URL(await leave(await visit(here), here.providerId))
    const kept = JSON.stringify(await departuresOf(here))
    expect(kept).toContain(here.providerId)
    for (const name of ['state', 'nonce']) expect(kept).not.toContain(url.searchParams.get(name))
    const at = await visit(here)
    await signInWith(at, here.providerId, login)
    expect(kept).not.toContain(there.redeemed.at(-1)?.get('code_verifier'))
  })

  it('ends where the provider was switched off meanwhile, on the way there and on the way back', async () => {
    const here = await connect(there)
    const at = await visit(here)
    const back = await signInThere(await leave(at, here.providerId), someone().login)
    await updateUpstreamProvider(here.setting.ctx, { id: here.providerId, enabled: false })
    expect(problemIn(await arrive(at, back))).toBe('way_off')
    expect(problemIn(await press(at, here.providerId))).toBe('way_off')
    expect(await signedIn(at)).toBeNull()
  })

  it.each(['', 'x', '00000000-0000-4000-8000-000000000000', "'; --"])('ends at a provider %j that is none', async (id) => {
    expect(problemIn(await press(await visit(place), id))).toBe('way_off')
  })

  it('does not lead to a provider of another project', async () => {
    const other = await connect(there)
    expect(problemIn(await press(await visit(place), other.providerId))).toBe('way_off')
  })
})

describe('K14 the way back', () => {
  let other: Connected
  beforeAll(async () => {
    other = await connect(there)
  })

  type Forged = (back: URL, at: Visit) => Promise<{ url: URL; by?: Visit }>
  it.each<[string, Forged]>([
    ['without a state', async (back) => ({ url: withParameters(back, { state: null }) })],
    ['with a state that nobody gave', async (back) => ({ url: withParameters(back, { state: 's'.repeat(43) }) })],
    ['with a state of no form', async (back) => ({ url: withParameters(back, { state: `' OR 1=1 --` }) })],
    ['with two states', async (back) => ({ url: new URL(`${back.href}&state=x`) })],
    ['with two codes', async (back) => ({ url: new URL(`${back.href}&code=x`) })],
    ['with broken encoding', async (back) => ({ url: new URL(`${back.href}&x=%ff`) })],
    ['in another browser', async (back) => ({ url: back, by: await visit(place) })],
    ['in a browser without cookies', async (back, at) => ({ url: back, by: { ...at, cookies: '' } })],
    ['at another project', async (back) => ({ url: new URL(back.href.replace(place.issuer, other.issuer)), by: await visit(other) })],
    [
      'at another provider of the project',
      async (back) => ({ url: new URL(back.href.replace(place.providerId, '00000000-0000-4000-8000-000000000000')) }),
    ],
    ['at no provider', async (back) => ({ url: new URL(back.href.replace(place.providerId, 'x')) })],
  ])('%s ends on a page of ours: nobody is asked, nobody comes in, and the honest way back still works', async (_, forge) => {
    const { login } = someone()
    const at = await visit(place)
    const back = await signInThere(await leave(at, place.providerId), login)
    const asked = there.redeemed.length
    const { url, by = at } = await forge(back, at)
    const reply = await arrive(by, url)
    expect([reply.status, reply.headers.location]).toEqual([400, undefined])
    expect(there.redeemed.length).toBe(asked)
    expect(await signedIn(by)).toBeNull()
    expect(locationOf(await arrive(at, back))).toBe(consentOf(at))
  })

  it('counts once, also when it comes twice at the same moment', async () => {
    const at = await visit(place)
    const back = await signInThere(await leave(at, place.providerId), someone().login)
    const asked = there.redeemed.length
    const replies = await Promise.all([arrive({ ...at }, back), arrive({ ...at }, back), arrive({ ...at }, back)])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([302, 400, 400])
    expect((await arrive({ ...at }, back)).status).toBe(400)
    expect(there.redeemed.length).toBe(asked + 1)
  })

  it('counts for ten minutes', async () => {
    const here = await connect(there)
    const at = await visit(here)
    const back = await signInThere(await leave(at, here.providerId), someone().login)
    await passMinutesThere(here, 10)
    expect((await arrive(at, back)).status).toBe(400)
    expect(await signedIn(at)).toBeNull()
  })

  it('leads nowhere when the request was answered or is over meanwhile', async () => {
    const here = await connect(there)
    const at = await visit(here)
    const back = await signInThere(await leave(at, here.providerId), someone().login)
    await prisma().authorizationRequest.updateMany({ where: { projectId: here.projectId }, data: { expiresAt: new Date(0) } })
    expect((await arrive(at, back)).status).toBe(400)
    expect(await signedIn(at)).toBeNull()
  })

  it('B16 with a state of one provider does not count at another, whose client secret and token endpoint it never reaches', async () => {
    const evil = await startProvider()
    const here = await connect(there)
    const { providerId: evilId } = await addProvider(here, evil, { name: 'Evil' })
    const at = await visit(here)
    // The evil provider sends the browser on to the honest one, with the state that was given for itself.
    const { searchParams } = new URL(await leave(at, evilId))
    const honest = new URL(await leave(at, here.providerId))
    for (const name of ['state', 'nonce', 'code_challenge']) honest.searchParams.set(name, searchParams.get(name) ?? '')
    const back = await signInThere(honest.href, someone().login)
    expect(back.searchParams.get('state')).toBe(searchParams.get('state'))
    const asked = there.redeemed.length
    expect((await arrive(at, back)).status).toBe(400)
    // And should the honest provider's code be brought to the evil one's callback, its issuer gives it away (RFC 9207).
    const redirected = new URL(back.href.replace(here.providerId, evilId))
    expect(problemIn(await arrive(at, redirected))).toBe('provider_nonsense')
    expect([there.redeemed.length, evil.redeemed.length]).toEqual([asked, 0])
    expect(await signedIn(at)).toBeNull()
    await evil.close()
  })

  it.each([
    ['names somebody else', 'https://evil.example'],
    ['names nobody, though the provider says that it always names itself', null],
  ])('RFC 9207: an answer that %s is not believed, be it a code or an error', async (_, iss) => {
    for (const error of [null, 'access_denied']) {
      const at = await visit(place)
      const back = await signInThere(await leave(at, place.providerId), someone().login)
      const asked = there.redeemed.length
      expect(problemIn(await arrive(at, withParameters(back, { iss, error })))).toBe('provider_nonsense')
      expect(there.redeemed.length).toBe(asked)
    }
  })
})

describe('an id_token', () => {
  const now = () => Math.floor(Date.now() / 1000)

  /** Signs in while the token endpoint answers with an id_token that says this. */
  async function signInWithClaims(claims: Record<string, unknown>, sign = there.sign) {
    const at = await visit(place)
    const url = new URL(await leave(at, place.providerId))
    const { login } = someone()
    const back = await signInThere(url.href, login)
    const good = {
      ...{ iss: there.issuer, aud: place.there.clientId, sub: login, nonce: url.searchParams.get('nonce') },
      ...{ iat: now(), exp: now() + 600, email: `${login}@example.com`, email_verified: true },
    }
    const id_token = await sign({ ...good, ...claims })
    there.instead.set('/token', () => ({ body: { access_token: 'a', token_type: 'Bearer', id_token } }))
    const reply = await arrive(at, back)
    return { reply, at, login }
  }

  it('signs in when everything about it is right', async () => {
    const { reply, at } = await signInWithClaims({ aud: [place.there.clientId], azp: place.there.clientId })
    expect(locationOf(reply)).toBe(consentOf(at))
  })

  it.each<[string, () => Record<string, unknown>]>([
    ['with another nonce', () => ({ nonce: 'n'.repeat(43) })],
    ['without a nonce', () => ({ nonce: undefined })],
    ['for another client', () => ({ aud: 'somebody' })],
    ['for us and somebody else', () => ({ aud: [place.there.clientId, 'somebody'] })],
    ['for nobody', () => ({ aud: [] })],
    ['whose authorized party is somebody else', () => ({ azp: 'somebody' })],
    ['of another issuer', () => ({ iss: 'https://evil.example' })],
    ['of an issuer that differs by a slash', () => ({ iss: `${there.issuer}/` })],
    ['that has expired', () => ({ exp: now() - 120 })],
    ['without an end', () => ({ exp: undefined })],
    ['from tomorrow', () => ({ iat: now() + 86_400 })],
    ['from before the sign-in began', () => ({ iat: now() - 3600 })],
    ['without an age', () => ({ iat: undefined })],
    ['about nobody', () => ({ sub: undefined })],
    ['about an empty subject', () => ({ sub: '' })],
    ['about a number', () => ({ sub: 7 })],
    ['about a subject with a control character', () => ({ sub: 'a\u0000b' })],
    ['about a subject of 256 characters', () => ({ sub: 's'.repeat(256) })],
  ])('%s signs nobody in', async (_, claims) => {
    const before = (await identitiesOf(place)).length
    const { reply, at } = await signInWithClaims(claims())
    expect(problemIn(reply)).toBe('provider_nonsense')
    expect(await signedIn(at)).toBeNull()
    expect(await identitiesOf(place)).toHaveLength(before)
  })

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const unsecured = (header: object) => async (claims: object) =>
    [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  it.each<[string, (claims: Record<string, unknown>) => Promise<string>]>([
    ['signed by another key', (claims) => there.sign(claims, stranger)],
    ['without a signature', async (claims) => `${await unsecured({ alg: 'none' })(claims)}.`],
    ['with a made-up signature', async (claims) => `${await unsecured({ alg: 'RS256', kid: 'provider-key' })(claims)}.AAAA`],
    ['with an algorithm of shared secrets', async (claims) => `${await unsecured({ alg: 'HS256' })(claims)}.AAAA`],
    ['that is no JWT', async () => 'x'],
  ])('%s signs nobody in', async (_, sign) => {
    const { reply, at } = await signInWithClaims({}, sign)
    expect(problemIn(reply)).toBe('provider_nonsense')
    expect(await signedIn(at)).toBeNull()
  })

  it('that says nothing of an address does not make userinfo of somebody else believed', async () => {
    there.instead.set('/me', () => ({ body: { sub: 'somebody-else', email: 'a@example.com', email_verified: true } }))
    const { reply, at } = await signInWithClaims({ email: undefined })
    expect(problemIn(reply)).toBe('provider_nonsense')
    expect(await signedIn(at)).toBeNull()
  })
})

describe('when it fails', () => {
  it('the page says that the provider refused, where it or the person did', async () => {
    const at = await visit(place)
    const back = await cancelThere(await leave(at, place.providerId))
    expect(back.searchParams.get('error')).toBe('access_denied')
    const reply = await arrive(at, back)
    expect(problemIn(reply)).toBe('provider_refused')
    expect(new URL(locationOf(reply)).searchParams.get('provider')).toBe(place.providerId)
    // The request still waits.
    expect(locationOf(await signInWith(at, place.providerId, someone().login))).toBe(consentOf(at))
  })

  it('nothing that the provider said comes back in a URL or is kept', async () => {
    const at = await visit(place)
    const back = await cancelThere(await leave(at, place.providerId))
    const evil = withParameters(back, { error: 'evil_<script>', error_description: '<script>alert(1)</script>' })
    const reply = await arrive(at, evil)
    expect(problemIn(reply)).toBe('provider_nonsense')
    expect(locationOf(reply)).not.toMatch(/evil|script/)
    expect(JSON.stringify(await auditRows(place.setting.ctx))).not.toMatch(/evil_|script/)
  })

  it.each<[string, string, () => { status?: number; type?: string; body: unknown } | 'silence', string]>([
    ['hangs up', '/token', () => 'silence', 'provider_unreachable'],
    ['answers 500', '/token', () => ({ status: 500, body: 'x' }), 'provider_unreachable'],
    ['is too busy', '/token', () => ({ status: 429, body: {} }), 'provider_unreachable'],
    ['answers HTML', '/token', () => ({ body: '<html>' }), 'provider_nonsense'],
    ['answers no token', '/token', () => ({ body: {} }), 'provider_nonsense'],
    ['answers no id_token', '/token', () => ({ body: { access_token: 'a', token_type: 'bearer' } }), 'provider_nonsense'],
    [
      'answers a kind of token that we do not know',
      '/token',
      () => ({ body: { access_token: 'a', token_type: 'mac' } }),
      'provider_nonsense',
    ],
    ['answers more than we read', '/token', () => ({ body: 'x'.repeat(100_000) }), 'provider_unreachable'],
    ['does not take the code', '/token', () => ({ status: 400, body: { error: 'invalid_grant' } }), 'provider_refused'],
    ['does not take our secret', '/token', () => ({ status: 401, body: { error: 'invalid_client' } }), 'provider_nonsense'],
    ['does not tell of the person', '/me', () => ({ status: 401, body: {} }), 'provider_nonsense'],
  ])('the page says which side failed, where the provider %s', async (_, path, given, problem) => {
    const at = await visit(place)
    const back = await signInThere(await leave(at, place.providerId), someone().login)
    there.instead.set(path, given)
    expect(problemIn(await arrive(at, back))).toBe(problem)
    expect(await signedIn(at)).toBeNull()
  })

  it('a provider that is not there is told on the way out, and one that calls itself otherwise is not gone to', async () => {
    const gone = await startProvider()
    const here = await connect(gone)
    await gone.close()
    expect(problemIn(await press(await visit(here), here.providerId))).toBe('provider_unreachable')

    const liar = await startProvider()
    const fooled = await connect(liar)
    liar.instead.set('/.well-known/openid-configuration', () => ({ body: { issuer: there.issuer } }))
    expect(problemIn(await press(await visit(fooled), fooled.providerId))).toBe('provider_nonsense')
    expect(await departuresOf(fooled)).toEqual([])
    await liar.close()
  })

  it('the log tells the customer what to mend, and not more than twenty times an hour', async () => {
    const here = await connect(there)
    there.instead.set('/token', () => ({ status: 401, body: { error: 'invalid_client' } }))
    for (let i = 0; i < 22; i++) {
      const at = await visit(here)
      const back = new URL(`${here.issuer}/oauth/callback/${here.providerId}?code=x`)
      const { searchParams } = new URL(await leave(at, here.providerId))
      await arrive(at, withParameters(back, { state: searchParams.get('state'), iss: there.issuer }))
    }
    const rows = (await auditRows(here.setting.ctx)).filter(({ action }) => action === 'upstream.failed')
    expect(rows).toHaveLength(20)
    expect(rows[0]).toMatchObject({ reason: 'invalid_client', step: 'sign-in', actorKind: 'system', userId: null })
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ providerId: here.providerId, kind: 'misconfigured' })
    expect(JSON.stringify(rows)).not.toContain(here.there.clientSecret)
  })
})

it('a client that wants a fresh sign-in gets one from the provider too, and whoever was signed out chooses an account', async () => {
  const here = await connect(there)
  const at = await visit(here)
  const promptOf = async (fields: Record<string, string> = {}) =>
    new URL(whither(await press(at, here.providerId, fields)) ?? '').searchParams.get('prompt')
  expect(await promptOf({ prompt: 'select_account' })).toBe('select_account')
  await prisma().authorizationRequest.updateMany({ where: { projectId: here.projectId }, data: { authTimeFrom: new Date() } })
  expect([await promptOf(), await promptOf({ prompt: 'select_account' })]).toEqual(['login', 'login'])
})

it('somebody who is signed in and chooses the provider again is asked which account they want', async () => {
  const at = await visitAccount(place)
  const jar: Jar = new Map()
  await signInWith(at, place.providerId, someone().login, jar)
  const again = await visitAccount(place, at.cookies)
  expect(new URL(await leave(again, place.providerId)).searchParams.get('prompt')).toBe('select_account')
})

it('a project without its own password sign-in can live from a provider alone', async () => {
  const here = await newPlace({})
  await addProvider(here, there)
  await updateProject(here.setting.ctx, { signInPassword: false, signInEmail: false })
})
