import { describe, expect, it } from 'vitest'
import { issuerWith } from './conformance/issuer.ts'
import { OAuthError } from './errors.ts'
import { narrowResources, requestedResources, resourceKey } from './resource.ts'

const A = 'https://mcp.acme.com/mcp'
const B = 'https://files.acme.com'
const issuer = issuerWith({
  resources: [
    { identifier: B, name: 'Files', isDefault: false, aliases: [] },
    { identifier: A, name: 'Notes', isDefault: true, aliases: ['https://old.example.com/mcp/sse'] },
  ],
})
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof OAuthError) return error.code
    throw error
  }
  return 'none'
}

describe('the resource parameters of a request', () => {
  it.each([
    ['none sent: the default one', [], [A]],
    ['one', [B], [B]],
    ['repeated', [A, B], [A, B]],
    ['repeated in the other order', [B, A], [B, A]],
    ['the same one twice', [A, A], [A]],
    ['joined by a comma', [`${A},${B}`], [A, B]],
    ['joined by a comma and a blank', [`${A}, ${B}`], [A, B]],
    ['a JSON array', [JSON.stringify([A, B])], [A, B]],
    ['every form at once', [A, `${B},${A}`, JSON.stringify([B])], [A, B]],
  ])('RI11 %s', (_, values, resources) => expect(requestedResources(values, issuer)).toEqual(resources))

  it.each([
    ['a trailing slash', 'https://mcp.acme.com/mcp/', A],
    ['scheme and host in upper case', 'HTTPS://MCP.Acme.COM/mcp', A],
    ['the default port', 'https://mcp.acme.com:443/mcp', A],
    ['an origin with a slash', 'https://files.acme.com/', B],
    ['an origin with its port', 'https://files.acme.com:443', B],
    ['an alias', 'https://old.example.com/mcp/sse', A],
    ['an alias in another spelling', 'HTTPS://old.example.com:443/mcp/sse/', A],
  ])('are mapped to the registered identifier: %s', (_, sent, registered) =>
    expect(requestedResources([sent], issuer)).toEqual([registered]),
  )

  it.each([
    ['RI03 a resource of another project', 'https://mcp.other.example/mcp'],
    ['RI04 a relative reference', '/mcp'],
    ['RI04 no scheme', 'mcp.acme.com/mcp'],
    ['RI04 mailto', 'mailto:mcp@acme.com'],
    ['RI04 a fragment', `${A}#f`],
    ['RI04 an empty fragment', `${A}#`],
    ['RI04 userinfo', 'https://user@mcp.acme.com/mcp'],
    ['RI04 empty userinfo', 'https://@mcp.acme.com/mcp'],
    ['RI04 2,049 characters', `${A}?${'a'.repeat(2049)}`],
    ['three slashes', 'https:///mcp.acme.com/mcp'],
    ['backslashes', 'https:\\\\mcp.acme.com\\mcp'],
    ['a query', `${A}?a=1`],
    ['the path in another case', 'https://mcp.acme.com/MCP'],
    ['two trailing slashes', `${A}//`],
    ['a longer path', `${A}/x`],
    ['another port', 'https://mcp.acme.com:8443/mcp'],
    ['http', 'http://mcp.acme.com/mcp'],
    ['NUL', `${A}\0`],
    ['RI11 a comma list with one foreign element', `${A},https://evil.example/mcp`],
    ['RI11 a comma list with one relative element', `${A},mcp`],
    ['RI11 a JSON array with one foreign element', JSON.stringify([A, 'https://evil.example'])],
    ['RI11 a JSON array with other than text', JSON.stringify([A, 1])],
    ['RI11 an empty JSON array', '[]'],
    ['RI11 broken JSON', `["${A}"`],
    ['RI11 a JSON array of arrays', JSON.stringify([[A]])],
  ])('are invalid_target: %s', (_, sent) => expect(refusal(() => requestedResources([sent], issuer))).toBe('invalid_target'))

  it('RI11 need every element registered, not one of them', () => {
    expect(refusal(() => requestedResources([A, 'https://evil.example/mcp'], issuer))).toBe('invalid_target')
  })

  it.each([
    ['repeated', Array<string>(9).fill(A)],
    ['joined', [Array<string>(9).fill(A).join(',')]],
    ['in an array', [JSON.stringify(Array<string>(9).fill(A))]],
    ['a hundred', Array<string>(100).fill(A)],
  ])('RI12 are at most eight: %s', (_, values) => {
    expect(refusal(() => requestedResources(values, issuer))).toBe('invalid_target')
    expect(requestedResources(Array<string>(8).fill(A), issuer)).toEqual([A])
  })

  it.each(['a', '/', ',', '[', '%', 'https://'])('Z11 50 KB of %j are refused', (text) => {
    expect(refusal(() => requestedResources([`https://${text.repeat(50_000 / text.length)}`], issuer))).toBe('invalid_target')
  })
})

describe('the resources of a token', () => {
  it.each([
    ['RI07 all that were granted, when none is asked for', [], [A, B], [A, B]],
    ['RI07 the one that is asked for', [B], [A, B], [B]],
    ['RI14 those that still exist', [], [A, 'https://gone.acme.com'], [A]],
  ])('are %s', (_, values, granted, resources) => expect(narrowResources(values, granted, issuer)).toEqual(resources))

  it.each([
    ['RI06 one that was not granted', [B], [A]],
    ['RI08 one that is not registered', ['https://evil.example'], [A]],
    ['RI14 none, since the one that was granted is gone', [], ['https://gone.acme.com']],
    ['RI14 the one that is gone', ['https://gone.acme.com'], ['https://gone.acme.com', A]],
  ])('are invalid_target: %s', (_, values, granted) =>
    expect(refusal(() => narrowResources(values, granted, issuer))).toBe('invalid_target'),
  )
})

it.each([
  ['https://mcp.acme.com/mcp', 'https://mcp.acme.com/mcp/'],
  ['https://mcp.acme.com', 'https://mcp.acme.com/'],
  ['https://mcp.acme.com/a?x=1', 'HTTPS://mcp.acme.com:443/a/?x=1'],
])('%s and %s are one resource', (one, other) => expect(resourceKey(one)).toBe(resourceKey(other)))
