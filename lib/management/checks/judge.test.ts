import { expect, it } from 'vitest'
import { type Answer, judgeChallenge, judgeMetadata } from './judge.ts'

const RESOURCE = 'https://mcp.example.com/mcp'
const ISSUER = 'https://auth.example.com/p/notes'
const PATH = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp'
const ROOT = 'https://mcp.example.com/.well-known/oauth-protected-resource'
const CHALLENGE = `Bearer resource_metadata="${PATH}", scope="read"`

const answered = (status: number, headers: Record<string, string> = {}, body = '', url = RESOURCE): Answer => ({
  ...{ url, status, headers },
  body: Buffer.from(body),
})

it('takes a 401 whose header names the document of this resource', () => {
  for (const header of [
    CHALLENGE,
    `Bearer error="invalid_token", resource_metadata="${ROOT}"`,
    `Basic realm="x", bearer resource_metadata=${PATH}`,
  ])
    expect(judgeChallenge(answered(401, { 'www-authenticate': header }), RESOURCE), header).toMatchObject({ verdict: 'right' })
})

it.each([
  [answered(200), 'wrong', /answers anybody \(200\)/],
  [answered(307, { location: 'https://www.example.com/' }), 'wrong', /elsewhere \(307 to https:\/\/www\.example\.com\/\)/],
  [answered(400), 'wrong', /400 before it looks for a token/],
  [answered(403), 'wrong', /403/],
  [answered(404), 'wrong', /no MCP endpoint/],
  [answered(502), 'wrong', /fails \(502\)/],
  [answered(401), 'wrong', /without a WWW-Authenticate header/],
  [answered(401, { 'www-authenticate': 'Basic realm="x"' }), 'wrong', /scheme Bearer/],
  [answered(401, { 'www-authenticate': 'Bearer realm="x"' }), 'unsure', /no resource_metadata/],
  [answered(401, { 'www-authenticate': `Bearer resource_metadata="${PATH}/"` }), 'wrong', /mcp\/, where nobody expects/],
  [{ url: RESOURCE, problem: 'private_address' }, 'wrong', /only public https addresses/],
  [{ url: RESOURCE, problem: 'deadline' }, 'wrong', /within five seconds/],
] as const)('of %j says that it is %s', (answer, verdict, words) => {
  expect(judgeChallenge(answer, RESOURCE)).toMatchObject({ verdict, words: expect.stringMatching(words) })
})

const document = (fields: object = {}): string => JSON.stringify({ resource: RESOURCE, authorization_servers: [ISSUER], ...fields })
const json = { 'content-type': 'application/json; charset=utf-8' }
const served = (url: string, body = document(), headers: Record<string, string> = json): Answer => answered(200, headers, body, url)
const missing = (url: string): Answer => answered(404, {}, '', url)
const judged = (...answers: Answer[]) => judgeMetadata(answers, RESOURCE, [ISSUER, 'https://login.example.com'])

it('takes a document at both addresses that names this resource and one of the project’s issuers', () => {
  expect(judged(served(PATH), served(ROOT))).toMatchObject({ verdict: 'right' })
  expect(judged(served(PATH, document({ authorization_servers: ['https://login.example.com'] })), served(ROOT))).toMatchObject({
    verdict: 'right',
  })
})

it('is unsure of a document at one address only, and says which', () => {
  expect(judged(missing(PATH), served(ROOT))).toMatchObject({
    verdict: 'unsure',
    words: expect.stringContaining('/.well-known/oauth-protected-resource/mcp answers 404'),
  })
  expect(judged(served(PATH), missing(ROOT))).toMatchObject({ verdict: 'unsure' })
  expect(judged(missing(PATH), missing(ROOT))).toMatchObject({ verdict: 'wrong' })
})

it.each([
  [document({ resource: `${RESOURCE}/` }), /has to be "https:\/\/mcp\.example\.com\/mcp": a slash/],
  [document({ resource: 'https://other.example.com' }), /has to be "https:\/\/mcp\.example\.com\/mcp"\./],
  [document({ resource: undefined }), /resource is missing/],
  [document({ authorization_servers: [`${ISSUER}/`] }), /authorization_servers begins with .*: a slash/],
  [document({ authorization_servers: 'x' }), /authorization_servers begins with missing/],
  [document({ authorization_servers: [] }), /authorization_servers begins with missing/],
  ['<html>', /is no JSON object/],
  ['[]', /is no JSON object/],
  [`{"resource":"${RESOURCE}","resource":"${RESOURCE}"}`, /is no JSON object/],
])('shows byte for byte what is wrong with %s, wherever else a good one is', (body, words) => {
  expect(judged(served(PATH), served(ROOT, body))).toMatchObject({ verdict: 'wrong', words: expect.stringMatching(words) })
})

it('does not take a page for a document', () => {
  expect(judged(served(PATH, '<html>', { 'content-type': 'text/html' }), served(ROOT))).toMatchObject({
    verdict: 'unsure',
    words: expect.stringContaining('text/html instead of application/json'),
  })
})
