import { describe, expect, it } from 'vitest'
import { issuerWith } from './conformance/issuer.ts'
import { OAuthError } from './errors.ts'
import { consentableScopes, defaultScopes, grantableScopes, narrowScopes, parseScope, projectScopes, scopesWithin } from './scope.ts'

const issuer = issuerWith({
  scopes: [
    { name: 'read', description: '', risk: 'low', isRequired: false, isDefault: true },
    { name: 'write', description: '', risk: 'low', isRequired: false, isDefault: true },
    { name: 'admin', description: '', risk: 'low', isRequired: false, isDefault: false },
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

describe('a scope parameter', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' offline_access', ['offline_access']],
    ['  read   write ', ['read', 'write']],
    ['read read write read', ['read', 'write']],
    ['https://a.example/x:read !#[]~', ['https://a.example/x:read', '!#[]~']],
  ])('S06 %j is read as %j', (text, scopes) => expect(parseScope(text)).toEqual(scopes))

  it.each([
    ['a quote', 'read "'],
    ['a backslash', 'read\\'],
    ['a tab', 'read\twrite'],
    ['a newline', 'read\nwrite'],
    ['NUL', 'read\0'],
    ['DEL', 'read\x7f'],
    ['other than ASCII', 'read é'],
    ['more than 4 KB', 'a'.repeat(4097)],
    ['5,000 entries', 'a '.repeat(5000)],
    ['Z11 50 KB of blanks', ' '.repeat(50_000)],
  ])('S06 with %s is invalid_scope', (_, text) => expect(refusal(() => parseScope(text))).toBe('invalid_scope'))
})

describe('what may be granted', () => {
  it.each([
    ['S01 the known part of what was asked for', ['read', 'unknown'], ['read']],
    ['a scope that is no default, when it was asked for', ['admin'], ['admin']],
    ['the default set, when nothing was asked for', [], ['read', 'write']],
    ['S02 the default set for offline_access alone', ['offline_access'], ['read', 'write', 'offline_access']],
    ['S02 the default set for OpenID names alone', ['openid', 'profile', 'email', 'address', 'phone'], ['read', 'write']],
    ['offline_access beside a scope', ['read', 'offline_access'], ['read', 'offline_access']],
    ['no OpenID name', ['openid', 'read'], ['read']],
  ])('is %s', (_, requested, granted) => expect(grantableScopes(requested, issuer, null)).toEqual(granted))

  it.each([
    ['S03 what lies beyond the ceiling is dropped', ['read', 'write'], 'read', ['read']],
    ['S03 the default set within the ceiling', [], 'write admin', ['write']],
    ['S03 offline_access beyond the ceiling is dropped', ['read', 'offline_access'], 'read', ['read']],
    ['offline_access within the ceiling', ['read', 'offline_access'], 'read offline_access', ['read', 'offline_access']],
    ['S08 a ceiling names no scope the project does not have', ['gone', 'read'], 'gone read', ['read']],
  ])('knows a ceiling: %s', (_, requested, ceiling, granted) => expect(grantableScopes(requested, issuer, ceiling)).toEqual(granted))

  it.each([
    ['S02 only unknown ones', ['unknown'], null],
    ['S03 only ones beyond the ceiling', ['write'], 'read'],
    ['S08 a name that means something elsewhere', ['*'], null],
    ['nothing asked for and a ceiling without a default', [], 'admin'],
  ])('is invalid_scope for %s', (_, requested, ceiling) => {
    expect(refusal(() => grantableScopes(requested, issuer, ceiling))).toBe('invalid_scope')
  })

  it('is nothing at all in a project without scopes, which is no error', () => {
    expect(grantableScopes([], issuerWith({ scopes: [] }), null)).toEqual([])
  })
})

describe('what a person may be asked for', () => {
  const openid = { ...issuer, openidConnect: true }
  it.each([
    ['openid beside a scope, in our order', ['email', 'openid', 'write'], ['write', 'openid', 'email']],
    ['openid alone, and no default set', ['openid'], ['openid']],
    ['what of it there is', ['openid', 'address', 'phone', 'unknown', 'offline_access'], ['openid', 'offline_access']],
    ['the default set, when nothing was asked for', [], ['read', 'write']],
    ['no profile and no e-mail without openid', ['profile', 'email', 'read'], ['read']],
    ['the default set for profile and email alone', ['profile', 'email'], ['read', 'write']],
  ])('is %s', (_, requested, granted) => expect(consentableScopes(requested, openid, null)).toEqual(granted))

  it.each([
    ['openid', ['openid', 'read'], 'read', ['read']],
    ['email', ['openid', 'email', 'read'], 'read openid', ['read', 'openid']],
  ])('stays within a ceiling without %s', (_, requested, ceiling, granted) =>
    expect(consentableScopes(requested, openid, ceiling)).toEqual(granted),
  )

  it('is as without OpenID Connect where that is off', () => {
    expect(consentableScopes(['openid', 'email', 'read'], issuer, null)).toEqual(['read'])
    expect(consentableScopes(['openid'], issuer, 'read openid')).toEqual(['read'])
  })

  it('is for people only: without one, its names count as not sent', () => {
    expect(grantableScopes(['openid', 'email', 'read'], openid, null)).toEqual(['read'])
    expect(grantableScopes(['openid'], openid, null)).toEqual(['read', 'write'])
  })
})

describe('the scope of a refreshed token', () => {
  const granted = ['read', 'write']
  it.each([
    ['all of it, when nothing is asked for', [], granted],
    ['the part that is asked for', ['write'], ['write']],
    ['all of it for a superfluous offline_access, which Codex appends', ['offline_access'], granted],
    ['the part, beside a superfluous offline_access', ['read', 'offline_access'], ['read']],
    ['the part, beside OpenID names', ['read', 'openid'], ['read']],
  ])('is %s', (_, requested, scopes) => expect(narrowScopes(requested, granted)).toEqual(scopes))

  it.each([[['read', 'admin']], [['admin']], [['READ']]])('is never wider: %j is invalid_scope', (requested) => {
    expect(refusal(() => narrowScopes(requested, granted))).toBe('invalid_scope')
  })
})

describe('the scope of who acts on somebody’s word', () => {
  it.each<[string, string[], string[] | null, string | null, string[]]>([
    ['all that the word covers, when nothing is asked for', [], ['read', 'admin'], null, ['read', 'admin']],
    ['what of that is asked for', ['admin', 'write'], ['read', 'admin'], null, ['admin']],
    ['what of that the project has', [], ['read', 'chat.read'], null, ['read']],
    ['what of that the client may have', [], ['read', 'write'], 'write', ['write']],
    ['the default set, when the word covers everything', [], null, null, ['read', 'write']],
    ['anything, when the word covers everything', ['admin'], null, null, ['admin']],
    ['never offline_access', ['read', 'offline_access'], ['read', 'offline_access'], null, ['read']],
  ])('is %s', (_, requested, limit, ceiling, scopes) => expect(scopesWithin(requested, limit, issuer, ceiling)).toEqual(scopes))

  it.each<[string, string[], string[] | null]>([
    ['nothing is covered', [], []],
    ['only other things are covered', ['write'], ['read']],
    ['OpenID names alone are covered', [], ['openid']],
    ['the project does not have it', ['root'], null],
  ])('is invalid_scope when %s', (_, requested, limit) => {
    expect(refusal(() => scopesWithin(requested, limit, issuer, null))).toBe('invalid_scope')
  })
})

it('lists offline_access for the authorization server only, after the project’s own', () => {
  expect(projectScopes(issuer)).toEqual(['read', 'write', 'admin', 'offline_access'])
  expect(projectScopes({ ...issuer, openidConnect: true })).toEqual([
    'read',
    'write',
    'admin',
    'openid',
    'profile',
    'email',
    'offline_access',
  ])
  expect(defaultScopes({ ...issuer, openidConnect: true })).toEqual(['read', 'write'])
})
