import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askIssuer, askRegistration } from './issuer-checks.ts'

const ISSUER = 'https://auth.example.com/p/notes'
const METADATA = 'https://auth.example.com/.well-known/oauth-authorization-server/p/notes'
const JWKS = `${ISSUER}/.well-known/jwks.json`

const asked: [url: string, init: RequestInit][] = []

/** What the issuer answers, by address; nothing answers elsewhere. */
function issuerAnswers(answers: Readonly<Record<string, Response>>): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push([url, init])
    const answer = answers[url]
    if (!answer) throw new TypeError('Failed to fetch')
    return answer
  })
}

beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('window', { location: { origin: 'https://auth.example.com' } })
})
afterEach(() => void vi.unstubAllGlobals())

it('takes an issuer that says its own name and has keys, and asks without cookies', async () => {
  issuerAnswers({ [METADATA]: Response.json({ issuer: ISSUER }), [JWKS]: Response.json({ keys: [{ kid: 'k' }] }) })
  expect(await askIssuer(ISSUER)).toMatchObject({ verdict: 'right', answers: [{ url: METADATA, status: 200 }, { url: JWKS }] })
  expect(asked.map(([, { credentials }]) => credentials)).toEqual(['omit', 'omit'])
})

it.each<[string, Record<string, Response>, RegExp]>([
  [
    'another name',
    { [METADATA]: Response.json({ issuer: `${ISSUER}/` }), [JWKS]: Response.json({ keys: [{}] }) },
    /calls itself .*notes\/ instead/,
  ],
  ['no keys', { [METADATA]: Response.json({ issuer: ISSUER }), [JWKS]: Response.json({ keys: [] }) }, /no keys/],
  ['a page', { [METADATA]: new Response('<html>'), [JWKS]: Response.json({ keys: [{}] }) }, /calls itself undefined/],
  ['an error', { [METADATA]: new Response('', { status: 502 }), [JWKS]: Response.json({ keys: [{}] }) }, /answers 502/],
  ['nothing', { [METADATA]: Response.json({ issuer: ISSUER }) }, /jwks\.json answers nothing/],
])('says what is wrong with %s', async (_, answers, words) => {
  issuerAnswers(answers)
  expect(await askIssuer(ISSUER)).toMatchObject({ verdict: 'wrong', words: expect.stringMatching(words) })
})

it.each([
  ['open', 400],
  ['guarded', 401],
  ['off', 404],
] as const)('%s registration is right with %i, and with nothing else', async (mode, status) => {
  const url = `${ISSUER}/api/oauth/register`
  issuerAnswers({ [url]: Response.json({ error: 'x' }, { status }) })
  expect(await askRegistration(ISSUER, mode)).toMatchObject({ verdict: 'right' })
  issuerAnswers({ [url]: Response.json({}, { status: 201 }) })
  expect(await askRegistration(ISSUER, mode)).toMatchObject({ verdict: 'wrong', words: `It answers 201 instead of ${status}.` })
})

it('sends a registration that no mode takes, so that no client is left behind', async () => {
  issuerAnswers({})
  await askRegistration(ISSUER, 'open')
  expect(JSON.parse(String(asked[0]?.[1].body))).toMatchObject({ redirect_uris: [] })
})

it('asks no other host than the page’s own', async () => {
  issuerAnswers({})
  for (const result of [await askIssuer('https://login.example.org'), await askRegistration('https://login.example.org', 'open')])
    expect(result).toMatchObject({ verdict: 'unsure', words: expect.stringContaining('Run the command') })
  expect(asked).toEqual([])
})
