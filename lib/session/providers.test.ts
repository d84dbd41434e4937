import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { signInThere, startProvider, type TestProvider } from '#lib/end-user/upstream/fixtures-provider.ts'
import { getAccount } from '#lib/management/account/get.ts'
import { unlinkProvider } from '#lib/management/account/unlink-provider.ts'
import { unique } from '#lib/management/fixtures.ts'
import { createMember } from '#lib/management/members/create.ts'
import { jar } from './fixtures-browser.ts'

/** What Next does is the fixture's; next-auth, the provider and the way between them are real. */
vi.mock('next/headers', async () => (await import('./fixtures-browser.ts')).nextHeaders)
vi.mock('next/navigation', async () => (await import('./fixtures-browser.ts')).nextNavigation)

const PASSWORD = 'correct horse battery'
const BASE = 'http://localhost:3000'
let provider: TestProvider

beforeAll(async () => {
  provider = await startProvider()
  const client = await provider.register(`${BASE}/api/auth/callback/oidc`)
  vi.stubEnv('NEXTAUTH_URL', BASE)
  vi.stubEnv('BASE_URL', BASE)
  vi.stubEnv('OIDC_ISSUER', provider.issuer)
  vi.stubEnv('OIDC_CLIENT_ID', client.clientId)
  vi.stubEnv('OIDC_CLIENT_SECRET', client.clientSecret)
  vi.stubEnv('OIDC_NAME', 'Acme')
  vi.stubEnv('GITHUB_CLIENT_ID', 'github-client')
  vi.stubEnv('GITHUB_CLIENT_SECRET', 'github-secret')
})
afterAll(() => provider.close())
beforeEach(() => jar.clear())

type Answer = { body: unknown; redirect: string | undefined }

/** One request to next-auth's door; the answer's cookies go into the jar. */
async function ask(action: string, id: string | undefined, more: { method?: string; query?: object; body?: object } = {}): Promise<Answer> {
  const { sessionOptions } = await import('./options.ts')
  const { method = 'GET', query = {}, body } = more
  const answer: Answer = { body: null, redirect: undefined }
  const headers = new Map<string, string | string[]>()
  const response: Record<string, unknown> = {
    status: () => response,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string | string[]) => headers.set(name, value) && response,
    send: (said: unknown) => (answer.body = said),
    json: (said: unknown) => (answer.body = said),
    end: () => {},
  }
  const nextauth = id ? [action, id] : [action]
  const request = { method, query: { ...query, nextauth }, body, headers: {}, cookies: Object.fromEntries(jar) }
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, sessionOptions())
  for (const line of [headers.get('Set-Cookie') ?? []].flat()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, decodeURIComponent(value))
  }
  answer.redirect = (headers.get('Location') as string | undefined) ?? (answer.body as { url?: string } | null)?.url
  return answer
}

/** Sets out; answers where to. */
async function setOut(id: string, callbackUrl = '/projects'): Promise<URL> {
  const { body } = await ask('csrf', undefined)
  const { csrfToken } = body as { csrfToken: string }
  const { redirect } = await ask('signin', id, { method: 'POST', body: { csrfToken, callbackUrl, json: 'true' } })
  return new URL(redirect ?? 'none:')
}

/** Signs in there as this person, with the provider's own pages, and answers what it sends back to us. */
const answerOf = async (there: URL, person: string): Promise<Record<string, string>> =>
  Object.fromEntries((await signInThere(there.href, person)).searchParams)

async function comeBackAs(person: string, id = 'oidc') {
  const { redirect } = await ask('callback', id, { query: await answerOf(await setOut(id), person) })
  return redirect
}

const session = () => import('./require-member.ts')
const newPerson = (more: object = {}): string => {
  const name = unique('person')
  provider.people.set(name, { email: `${name}@example.com`, email_verified: true, name: `${name} there`, ...more })
  return name
}
async function signedUp(email = `${unique('ann')}@example.com`) {
  const { memberId } = await createMember({ name: 'Ann', email, password: PASSWORD })
  const { signInMember } = await import('./sign-in.ts')
  const login = () => signInMember({ email, password: PASSWORD })
  return { memberId, email, login }
}
const count = (email: string) => prisma().member.count({ where: { email } })

describe('a provider that the operator set up', () => {
  it('is offered, and others are not', async () => {
    const { offeredProviders } = await import('./providers.ts')
    expect(offeredProviders()).toEqual([
      { id: 'github', name: 'GitHub' },
      { id: 'oidc', name: 'Acme' },
    ])
  })

  it('is asked with PKCE and state, and a nonce where there is an id_token', async () => {
    const [oidc, github] = [await setOut('oidc'), await setOut('github')]
    expect(Object.fromEntries(oidc.searchParams)).toMatchObject({
      ...{ code_challenge_method: 'S256', state: expect.any(String), nonce: expect.any(String), scope: 'openid email profile' },
      redirect_uri: `${BASE}/api/auth/callback/oidc`,
    })
    expect(github.origin + github.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(Object.fromEntries(github.searchParams)).toMatchObject({ code_challenge_method: 'S256', state: expect.any(String) })
  })

  it('makes an account for somebody new, and knows them again', async () => {
    const person = newPerson()
    expect(await comeBackAs(person)).toBe(`${BASE}/projects`)
    const { accountContext, currentMember } = await session()
    const member = await currentMember()
    expect(member).toMatchObject({ email: `${person}@example.com`, name: `${person} there`, recentlyAuthenticated: true })
    expect(await getAccount(await accountContext())).toMatchObject({
      hasPassword: false,
      emailVerified: true,
      providers: [{ provider: 'oidc' }],
    })
    jar.clear()
    expect(await comeBackAs(person)).toBe(`${BASE}/projects`)
    expect((await currentMember())?.id).toBe(member?.id)
    expect(await prisma().memberSession.count({ where: { memberId: member?.id ?? '', way: 'oidc' } })).toBe(2)
  })

  it('never opens the account of somebody who has the same address, and says what to do (B15)', async () => {
    const { memberId, email } = await signedUp()
    const person = newPerson({ email })
    expect(await comeBackAs(person)).toBe(`${BASE}/login?problem=address_taken&provider=oidc`)
    expect(await (await session()).currentMember()).toBeNull()
    expect([await count(email), await prisma().memberIdentity.count({ where: { memberId } })]).toEqual([1, 0])
  })

  it.each([
    ['says it is not verified', { email_verified: false }],
    ['does not tell', { email: undefined }],
    ['calls what is none', { email: '"a@evil.example"@victim.example' }],
  ])('makes no account with an address that it %s', async (_, more) => {
    const person = newPerson(more)
    expect(await comeBackAs(person)).toBe(`${BASE}/login?problem=no_address&provider=oidc`)
    expect(await count(`${person}@example.com`)).toBe(0)
  })

  it('that does not say whether it verified an address makes an account whose address is not confirmed', async () => {
    const person = newPerson({ email_verified: undefined })
    await comeBackAs(person)
    expect((await getAccount(await (await session()).accountContext())).emailVerified).toBe(false)
  })

  it('is linked by a member who is signed in and has just proven it, and unlinked', async () => {
    const { memberId, login } = await signedUp()
    const person = newPerson()
    await login()
    expect(await comeBackAs(person)).toBe(`${BASE}/profile?done=linked`)
    const { accountContext, currentMember } = await session()
    const [linked] = (await getAccount(await accountContext())).providers
    jar.clear()
    await comeBackAs(person)
    expect((await currentMember())?.id).toBe(memberId)
    await unlinkProvider(await accountContext(), { provider: 'oidc', subject: linked?.subject ?? '' })
    jar.clear()
    await comeBackAs(person)
    expect((await currentMember())?.id).not.toBe(memberId)
  })

  it('is not linked in a session that is old', async () => {
    const { memberId, login } = await signedUp()
    await login()
    await prisma().$executeRaw`UPDATE member_session SET authenticated_at = now() - interval '1 hour' WHERE member_id = ${memberId}::uuid`
    expect(await comeBackAs(newPerson())).toBe(`${BASE}/profile?problem=not_recent&provider=oidc`)
    expect(await prisma().memberIdentity.count({ where: { memberId } })).toBe(0)
  })

  it('that knows the member shows that it is still them', async () => {
    const { memberId, login } = await signedUp()
    const person = newPerson()
    await login()
    await comeBackAs(person)
    await prisma().$executeRaw`UPDATE member_session SET authenticated_at = now() - interval '1 hour' WHERE member_id = ${memberId}::uuid`
    const { currentMember } = await session()
    expect((await currentMember())?.recentlyAuthenticated).toBe(false)
    expect(await comeBackAs(person)).toBe(`${BASE}/profile?done=confirmed`)
    expect((await currentMember())?.recentlyAuthenticated).toBe(true)
  })

  it('gives nobody’s person to a second member', async () => {
    const person = newPerson()
    await comeBackAs(person)
    jar.clear()
    const { memberId, login } = await signedUp()
    await login()
    expect(await comeBackAs(person)).toBe(`${BASE}/profile?problem=linked_elsewhere&provider=oidc`)
    expect((await (await session()).currentMember())?.id).toBe(memberId)
  })

  it('is one factor: where there is a second one, it is asked for', async () => {
    const person = newPerson()
    await comeBackAs(person)
    const { currentMember } = await session()
    const { id = '' } = (await currentMember()) ?? {}
    await prisma().member.update({ where: { id }, data: { totpConfirmedAt: new Date(), sealedTotp: 'x' } })
    jar.clear()
    await comeBackAs(person)
    expect(await currentMember()).toBeNull()
    expect(await (await import('./sign-in.ts')).halfOpenSession()).toMatchObject({ memberId: id })
  })

  it('that is set up in the place of another knows nobody of the other’s', async () => {
    const { profileFrom } = await import('./claims.ts')
    expect(profileFrom('oidc', { sub: '1' }).subject).toBe(`${provider.issuer} 1`)
    expect(profileFrom('github', { sub: '1' }).subject).toBe('1')
  })
})

describe('a callback', () => {
  it('without, with a foreign or with a used state opens nothing', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const answer = await answerOf(await setOut('oidc'), newPerson())
    const { currentMember } = await session()
    const mine = new Map(jar)
    for (const query of [{ ...answer, state: 'another' }, { code: answer.code }]) {
      jar.clear()
      for (const [name, value] of mine) jar.set(name, value)
      expect((await ask('callback', 'oidc', { query })).redirect).toContain('error=')
    }
    jar.clear()
    expect((await ask('callback', 'oidc', { query: answer })).redirect).toContain('error=')
    expect(await currentMember()).toBeNull()
    expect(said.mock.calls.flat().join()).not.toContain(answer.code)
    said.mockRestore()
  })

  it('of one provider does not take what was begun with another (B16)', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const there = await setOut('github')
    const { redirect } = await ask('callback', 'oidc', { query: { code: 'x', state: there.searchParams.get('state') ?? '' } })
    expect(redirect).toContain('error=')
    expect(await (await session()).currentMember()).toBeNull()
    said.mockRestore()
  })

  it.each([
    ['https://evil.example', '/projects'],
    ['//evil.example', '/projects'],
    ['/\\evil.example', '/projects'],
    ['\\\\evil.example', '/projects'],
    ['javascript:alert(1)', '/projects'],
    ['data:text/html,x', '/projects'],
    [`${BASE}.evil.example/`, '/projects'],
    [`http://localhost:3000@evil.example/`, '/projects'],
    ['http://[', '/projects'],
    ['/profile', '/profile'],
    [`${BASE}/organisation/members?x=1`, '/organisation/members?x=1'],
  ])('that was asked to lead to %s leads to %s (B16)', async (asked, lands) => {
    const query = await answerOf(await setOut('oidc', asked), newPerson())
    expect((await ask('callback', 'oidc', { query })).redirect).toBe(BASE + lands)
  })
})

it('GitHub’s answers are read as they are documented: the list of addresses says which one is verified', async () => {
  const { githubPerson } = await import('./github.ts')
  const answers: Record<string, unknown> = {
    '/user': { id: 7, login: 'ann', name: null, email: 'shown@example.com' },
    '/user/emails': [
      { email: 'old@example.com', primary: false, verified: true },
      { email: 'ann@example.com', primary: true, verified: false },
    ],
  }
  const fetched = async (url: string) => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answers[new URL(url).pathname])) })
  const claims = await githubPerson('token', fetched)
  expect(claims).toEqual({ sub: '7', preferred_username: 'ann', name: 'ann', email: 'ann@example.com', email_verified: false })
  const { profileFrom } = await import('./claims.ts')
  expect(profileFrom('github', claims)).toMatchObject({ subject: '7', email: null, label: 'ann' })
  await expect(githubPerson('token', async () => ({ status: 401, headers: {}, body: Buffer.from('{}') }))).rejects.toThrow('401')
})
