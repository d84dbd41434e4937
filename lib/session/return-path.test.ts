import { describe, expect, it } from 'vitest'
import { loginPath, returnPath } from './return-path.ts'

describe('after logging in', () => {
  it.each([
    ['/projects', '/projects'],
    ['/projects/notes/clients?query=a&sort=-name', '/projects/notes/clients?query=a&sort=-name'],
    ['/organisation/members', '/organisation/members'],
    ['/profile?done=email', '/profile?done=email'],
    ['/projects/notes/keys?_rsc=1x2y', '/projects/notes/keys'],
    ['/projects/notes/audit-log/export', '/projects/notes/audit-log'],
    ['/projects/notes/audit-log/tail?after=1', '/projects/notes/audit-log?after=1'],
  ])('%s leads to %s', (asked, path) => expect(returnPath(asked)).toBe(path))

  it.each([
    ...['https://evil.example', 'https://evil.example/projects', '//evil.example/projects', '///evil.example/projects'],
    ...['/\\evil.example/projects', '\\\\evil.example/projects', '/\t/evil.example/projects', '\u0000//evil.example/projects'],
    ...['http:evil.example/projects', 'javascript:alert(1)//projects', 'data:text/html,/projects', '//user@evil.example/projects'],
    ...['/projects/..//evil.example', '/projects/../login', '/projects/%2e%2e//evil.example', '/projectsevil', '/login', '/', ''],
    ...['/api/auth/signin', 'http://[', '//'],
  ])('%j leads nowhere', (asked) => expect(returnPath(asked)).toBeNull())

  it('nothing that is let through leaves the origin, however it is written', () => {
    for (const before of ['', '/', '\\', '//', '/\\', 'https:', 'https:/', ' ', '\t', '@', '.'])
      for (const asked of [`${before}evil.example/projects`, `${before}projects`, `/projects/${before}evil.example`]) {
        const path = returnPath(asked)
        if (path !== null) expect([asked, new URL(path, 'https://gate.example').origin]).toEqual([asked, 'https://gate.example'])
      }
  })
})

describe('the login page’s address', () => {
  it.each([
    [null, false, '/login'],
    [null, true, '/login?done=ended'],
    ['/projects/notes?a=b', false, '/login?next=%2Fprojects%2Fnotes%3Fa%3Db'],
    ['/profile', true, '/login?done=ended&next=%2Fprofile'],
  ] as const)('keeps %s', (next, ended, path) => expect(loginPath(next, ended)).toBe(path))
})
