import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { endpointAt, isIssuerPage, surface } from './surface.ts'

const app = new URL('../../app/', import.meta.url)
const routeFiles = ['api/oauth', 'oauth', 'logo', 'client-logo', '.well-known'].flatMap((folder) =>
  readdirSync(new URL(folder, app), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => /\.[a-z]+$/.test(name) && !name.endsWith('.json')),
)
/** Both metadata documents may have the issuer's path inserted behind their name (RFC 8414 §3.1). */
const fileOf = (path: string): string =>
  `${path.slice(1)}${/\/(?:oauth-authorization-server|openid-configuration)$/.test(path) ? '/[[...issuer]]' : ''}/route.ts`
const names = new Map<string, string>([
  ...Object.entries(surface).map(([name, { path }]): [string, string] => [fileOf(path), name]),
  ['api/oauth/[...unknown]/route.ts', 'unknown'],
  ['oauth/[...unknown]/route.ts', 'unknown'],
])

describe('the surface', () => {
  it('H01 has a route file for each endpoint, and no other', () => expect(routeFiles.toSorted()).toEqual([...names.keys()].toSorted()))

  it.each([...names])('H01 app/%s says its name (%s), all seven methods and nothing else', (file, name) => {
    expect(readFileSync(new URL(file, app), 'utf8')).toBe(
      `import { route } from '#lib/http/route.ts'\n\nexport const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('${name}')\n`,
    )
  })

  it('has no path twice', () => {
    const paths = Object.values(surface).map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('H11 gives CORS to what programs call without cookies, and to nothing else', () => {
    const open = Object.entries(surface).filter(([, { cors }]) => cors)
    expect(open.map(([name]) => name).toSorted()).toEqual([
      'deviceAuthorization',
      'jwks',
      'metadata',
      'openid',
      'register',
      'registration',
      'revoke',
      'token',
      'userinfo',
    ])
  })

  it('Z01 lets no body be larger than 64 KB', () => {
    expect(Object.values(surface).filter(({ bodyCap }) => bodyCap > 64 * 1024)).toEqual([])
  })
})

describe('a path below an issuer', () => {
  it.each([...Object.entries(surface)].map(([name, { path }]) => [path, name]))('%s is %s', (path, name) =>
    expect(endpointAt(path)).toBe(name),
  )

  it.each([
    ['/authorize', 'authorize'],
    ['/token', 'token'],
    ['/register', 'register'],
    ['/revoke', null],
    ['/api/oauth', null],
    ['/api/oauth/token/x', null],
    ['/api/oauth/register/c_1', 'registration'],
    ['/api/oauth/register/', null],
    ['/api/oauth/register/c_1/x', null],
    ['/api/oauth//token', null],
    ['/api/oauth/token%2f', null],
    ['/API/oauth/token', null],
    ['/toString', null],
    ['/__proto__', null],
    ['toString', null],
    ['', null],
  ])('H14 %s is %s', (path, name) => expect(endpointAt(path)).toBe(name))

  it.each([
    ['/sign-in', true],
    ['/connected-apps', true],
    ['/device', true],
    ['/account', true],
    ['/email', true],
    ['/account/x', false],
    ['/device/x', false],
    ['/consent/abc', true],
    ['/consent', false],
    ['/consent/', false],
    ['/consent/a/b', false],
    ['/sign-in/x', false],
    ['/projects', false],
    ['/', false],
  ])('%s is a page: %s', (path, page) => expect(isIssuerPage(path)).toBe(page))
})
