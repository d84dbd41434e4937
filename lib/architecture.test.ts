import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseAst } from 'vitest/node'

const REACT = ['react', 'react-dom', 'next', 'server-only']
const LOOKS = [
  ...['class-variance-authority', 'clsx', 'cmdk', 'geist', 'lucide-react', 'radix-ui', 'recharts', 'sonner', 'tinykeys'],
  'tailwind-merge',
]
const BROWSER_SAFE = ['type lib/management', 'type lib/audit', 'type lib/oauth']

/**
 * What each folder may import besides itself. Anything not listed is out of bounds; the list is the architecture. The longest matching
 * folder counts. `type …` is for types only, `…/*.ts` ends a path below any folder. Nothing in `lib` imports `app` or `components`.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/oauth': ['node:crypto', 'jose', 'zod'],
  'lib/issuer': [
    ...['lib/oauth', 'lib/db', 'lib/keys', 'lib/audit', 'lib/end-user', 'lib/outbound', 'lib/accent.ts', 'lib/env.ts', 'lib/picture.ts'],
    ...['lru-cache', 'node:crypto', 'node:net', 'rate-limiter-flexible', 'zod'],
  ],
  'lib/keys': ['lib/db', 'lib/audit', 'lib/oauth', 'lib/env.ts', 'jose', 'lru-cache', 'node:crypto', 'node:util'],
  'lib/http': ['lib/capped-body.ts', 'lib/error-place.ts', 'lib/oauth', 'lib/issuer', 'lib/end-user', 'lib/words', 'node:crypto'],
  'lib/http/node.ts': ['lib/http', 'lib/oauth', 'lib/issuer', 'lib/end-user', 'node:http', 'node:stream'],
  'lib/outbound': ['lib/env.ts', 'node:*'],
  'lib/db': ['type lib/oauth', 'type lib/audit', 'lib/env.ts', 'lib/email-address.ts', 'pg', '@prisma', 'node:crypto'],
  'lib/db/migrations.ts': ['lib/db', 'node:fs', 'node:path'],
  'lib/audit': ['lib/db', 'type lib/oauth', 'node:crypto'],
  'lib/management': [
    ...[
      'lib/db',
      'lib/audit',
      'lib/keys',
      'lib/mail',
      'lib/webhooks',
      'lib/password.ts',
      'lib/email-address.ts',
      'lib/env.ts',
      'lib/picture.ts',
    ],
    ...['lib/oauth', 'lib/outbound', 'lib/end-user/upstream', 'lib/end-user/passkey/response.ts', 'lib/end-user/email/challenge.ts'],
    ...['node:crypto', 'rate-limiter-flexible', 'zod', 'csv-stringify', 'otpauth'],
  ],
  'lib/management/api': [
    ...['lib/management', 'lib/db/transaction.ts', 'lib/caller-address.ts', 'lib/capped-body.ts', 'lib/error-place.ts', 'lib/env.ts'],
    ...['lib/oauth/hash.ts', 'node:crypto', 'rate-limiter-flexible', 'zod', 'zod-openapi'],
  ],
  'lib/session': [
    ...['lib/caller-address.ts', 'lib/db', 'lib/audit', 'lib/password.ts', 'lib/email-address.ts', 'lib/env.ts', 'lib/management'],
    ...['lib/outbound/fetch.ts', 'next-auth', 'next', 'node:crypto', 'node:net', 'react', 'server-only', 'zod'],
  ],
  'lib/end-user': [
    ...[
      'lib/db',
      'lib/audit',
      'lib/mail',
      'lib/password.ts',
      'lib/email-address.ts',
      'lib/outbound',
      'lib/keys/seal.ts',
      'lib/env.ts',
      'lib/oauth',
    ],
    ...['@simplewebauthn/server', 'jose', 'node:crypto', 'rate-limiter-flexible', 'zod'],
  ],
  'lib/mail': [
    'lib/accent.ts',
    'lib/audit',
    'lib/env.ts',
    'lib/words',
    'type lib/oauth',
    'nodemailer',
    'node:crypto',
    'node:fs',
    'node:path',
  ],
  'lib/webhooks': ['lib/db', 'lib/audit', 'lib/keys/seal.ts', 'lib/outbound', 'node:crypto'],
  'lib/password.ts': ['@node-rs/argon2'],
  'lib/email-address.ts': ['zod'],
  'lib/accent.ts': [],
  'lib/picture.ts': [],
  'lib/caller-address.ts': ['lib/env.ts', 'node:net'],
  'lib/capped-body.ts': [],
  'lib/error-place.ts': [],
  'lib/failure-line.ts': ['lib/error-place.ts'],
  'lib/version.ts': ['package.json'],
  'lib/changelog.ts': [],
  'lib/configuration.ts': ['type lib/env.ts'],
  'lib/words': ['lib/oauth/ui-locales.ts', 'type lib/oauth'],
  'lib/env.ts': ['zod'],
  'lib/simulator': ['type lib/oauth', 'jose', 'node:crypto'],
  'lib/cli': ['lib', 'next', 'node:*', 'pg', 'pg-copy-streams', 'esbuild', 'playwright', 'zod'],
  'app/api/oauth': ['lib/http'],
  'app/oauth': ['lib/http'],
  'app/logo': ['lib/http'],
  'app/client-logo': ['lib/http'],
  'app/.well-known': ['lib/http'],
  'app/api/auth': ['lib/session', 'next', 'next-auth'],
  'app/api/health': ['lib/http', 'lib/db'],
  'app/api/management': ['lib/management'],
  'app/(dashboard)': ['app', 'components', 'lib/capped-body.ts', 'lib/management', 'lib/session', 'zod', ...REACT, ...LOOKS],
  'app/(dashboard)/refusal-page.ts': ['lib/http/page.ts', 'lib/management/answered.ts'],
  'app/(account)': ['app', 'components', 'lib/management', 'lib/session', 'zod', ...REACT, ...LOOKS],
  'app/(issuer)': [
    'app',
    'components',
    'lib/issuer',
    'lib/end-user',
    'lib/words',
    'lib/oauth/consent.ts',
    'lib/oauth/ui-locales.ts',
    ...BROWSER_SAFE,
    ...REACT,
    ...LOOKS,
  ],
  'app/(mailbox)': ['components', 'lib/mail', ...REACT, ...LOOKS],
  'app/(site)': [
    'components',
    'lib/management/api',
    'lib/oauth/quirks.ts',
    'lib/oauth/reference',
    'lib/oauth/standards.ts',
    ...REACT,
    ...LOOKS,
  ],
  'app/(site)/changelog': ['components', 'lib/changelog.ts', ...REACT, ...LOOKS],
  'app/(site)/docs/self-hosting': ['components', 'lib/configuration.ts', ...REACT, ...LOOKS],
  'app/(site)/status': ['components', 'lib/issuer/health.ts', 'lib/version.ts', ...REACT, ...LOOKS],
  app: ['components', 'lib/session', 'lib/management/context.ts', 'lib/management/denials.ts', 'zod', ...REACT, ...LOOKS],
  'components/ui': [...REACT, ...LOOKS],
  'components/account': [...['components', 'lib/management/*/inputs.ts', '@simplewebauthn/browser', ...BROWSER_SAFE, ...REACT, ...LOOKS]],
  'components/profile': [
    ...['components', 'lib/management/*/inputs.ts', '@simplewebauthn/browser', 'uqr', ...BROWSER_SAFE, ...REACT, ...LOOKS],
  ],
  'components/passkeys': ['components', 'type lib/words', '@simplewebauthn/browser', ...BROWSER_SAFE, ...REACT, ...LOOKS],
  'components/docs': [
    'components',
    'lib/oauth/reference',
    'type lib/oauth',
    'lib/management/*/inputs.ts',
    ...BROWSER_SAFE,
    ...REACT,
    ...LOOKS,
  ],
  'components/endpoints': ['components', 'lib/oauth/reference', ...BROWSER_SAFE, ...REACT, ...LOOKS],
  components: ['components', 'lib/words', 'lib/oauth/ui-locales.ts', 'lib/management/*/inputs.ts', ...BROWSER_SAFE, ...REACT, ...LOOKS],
  'proxy.ts': ['next', 'lib/issuer', 'lib/http/page.ts', 'lib/oauth/ui-locales.ts', 'lib/env.ts'],
  'instrumentation.ts': ['type next', 'lib/failure-line.ts'],
  'prisma/seed.ts': ['lib/management', 'lib/db', 'lib/env.ts', 'node:*'],
  e2e: [
    ...['node:*', '@playwright/test', 'playwright', 'vitest', '@modelcontextprotocol/sdk', 'express', 'jose', 'oidc-provider', 'zod'],
    ...['axe-core', 'oauth4webapi', 'openid-client', 'otpauth', 'standardwebhooks'],
  ],
  'e2e/bench': ['e2e/support', 'node:*', '@playwright/test', 'autocannon', 'esbuild', 'jose', 'pg', 'oidc-provider'],
}

/** What a folder's own words may not be: how it gets the time, the configuration and what Node 20 does not have. */
const MAY_NOT_SAY: readonly { readonly in: RegExp; readonly but?: RegExp; readonly words: readonly string[] }[] = [
  { in: /^lib\/oauth\//, words: ['Date.now', 'new Date()', 'Math.random', 'process.env'] },
  { in: /^(lib|app|components)\//, but: /^lib\/(env\.ts$|cli\/)/, words: ['process.env'] },
  { in: /^lib\/(oauth|management)\//, words: ['URL.canParse'] },
  { in: /^/, words: ['Map.groupBy', 'Object.groupBy', 'Promise.withResolvers', 'Promise.try', 'Array.fromAsync'] },
]

type Import = { readonly what: string; readonly typeOnly: boolean }
/** What a source says, as far as it is judged. */
type Facts = { readonly imports: readonly Import[]; readonly said: ReadonlySet<string> }
type Node = { readonly type: string; readonly [field: string]: unknown }

/** `file` is relative to the repository, with slashes. */
function factsOf(file: string, source: string): Facts {
  const nodes = nodesOf(parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }))
  return { imports: nodes.flatMap((node) => importOf(node, file) ?? []), said: new Set(nodes.map(wordOf)) }
}

/** Every violation in one source file, in a sentence each. */
function violationsOf(file: string, { imports, said }: Facts): string[] {
  const folder = Object.keys(MAY_IMPORT)
    .filter((place) => isBelow(file, place))
    .toSorted((a, b) => b.length - a.length)[0]
  const words = MAY_NOT_SAY.filter((rule) => rule.in.test(file) && !rule.but?.test(file)).flatMap((rule) => rule.words)
  return [
    ...(folder
      ? imports.filter((each) => !isAllowed(each, folder)).map(({ what }) => `${file} may not import ${what}`)
      : [`${file} has no row`]),
    ...words.filter((word) => said.has(word)).map((word) => `${file} may not say ${word}`),
  ]
}

/** What is left of these imports without the files that none leads back to. A type ties files together as code does. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const left = new Map([...imports].map(([file, to]) => [file, to.filter((other) => imports.has(other))]))
  const ends = () => {
    const imported = new Set([...left.values()].flat())
    return [...left].filter(([file, to]) => !imported.has(file) || !to.some((other) => left.has(other))).map(([file]) => file)
  }
  for (let found = ends(); found.length > 0; found = ends()) for (const file of found) left.delete(file)
  return [...left].map(([file, to]) => `${file} imports ${to.filter((other) => left.has(other)).join(', ')}`)
}

function isAllowed({ what, typeOnly }: Import, folder: string): boolean {
  if (isBelow(what, folder)) return true
  return (MAY_IMPORT[folder] ?? []).some((entry) => {
    const [place = '', onlyTypes] = entry.startsWith('type ') ? [entry.slice(5), true] : [entry, false]
    if (onlyTypes && !typeOnly) return false
    const [start = '', end] = place.split('*')
    return end === undefined ? isBelow(what, place) : what.startsWith(start) && what.endsWith(end)
  })
}

const isBelow = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

/** Static and dynamic imports, re-exports, `import type` and `import('…')` in a type; null for every other node. */
function importOf(node: Node, file: string): Import | null {
  const isImport = /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(node.type)
  if (!isImport || !node.source) return null
  const { value } = node.source as { value?: unknown }
  if (typeof value !== 'string') return { what: 'a path that is computed', typeOnly: false }
  return { what: resolve(value, file), typeOnly: isTypeOnly(node) }
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = (node.specifiers ?? []) as Node[]
  return specifiers.length > 0 && specifiers.every((each) => each.importKind === 'type' || each.exportKind === 'type')
}

function resolve(specifier: string, file: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier
}

/** `a.b` as it is written, `new A()` without arguments; '' for all else. */
function wordOf(node: Node): string {
  const name = (of: unknown) => String((of as { name?: string } | undefined)?.name)
  if (node.type === 'MemberExpression' && !node.computed) return `${name(node.object)}.${name(node.property)}`
  if (node.type === 'NewExpression' && (node.arguments as unknown[]).length === 0) return `new ${name(node.callee)}()`
  return ''
}

function nodesOf(value: unknown, found: Node[] = []): Node[] {
  if (typeof value !== 'object' || value === null) return found
  if ('type' in value) found.push(value as Node)
  for (const below of Object.values(value)) nodesOf(below, found)
  return found
}

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['lib', 'app', 'components', 'e2e', 'prisma', 'proxy.ts', 'instrumentation.ts']
  .flatMap((place) =>
    place.endsWith('.ts') ? [place] : readdirSync(path.join(root, place), { recursive: true }).map((name) => `${place}/${name}`),
  )
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\/generated\/|\.config\.ts$/.test(file))
  // tests look at their subject from outside and may reach for anything
  .filter((file) => !/\.(test|spec|contract)\.tsx?$|\/conformance\/|\/fixtures/.test(file))

const facts = new Map(sources.map((file) => [file, factsOf(file, readFileSync(path.join(root, file), 'utf8'))]))

describe('the architecture', () => {
  it('finds the code it judges', () => expect(sources.length).toBeGreaterThan(50))

  it('holds in every file', () => expect([...facts].flatMap(([file, found]) => violationsOf(file, found))).toEqual([]))

  it('has no file that leads back to itself', () =>
    expect(circlesIn(new Map([...facts].map(([file, { imports }]) => [file, imports.map(({ what }) => what)])))).toEqual([]))

  it('catches a circle by its files, and not what leads into it or out of it', () => {
    const imports = { 'a.ts': ['b.ts'], 'b.ts': ['c.ts', 'd.ts'], 'c.ts': ['b.ts', 'zod'], 'd.ts': [] }
    expect(circlesIn(new Map(Object.entries(imports)))).toEqual(['b.ts imports c.ts', 'c.ts imports b.ts'])
  })

  it.each([
    ['lib/oauth/token.ts', `import { pool } from '#lib/db/client.ts'`],
    ['lib/oauth/token.ts', `import type { Pool } from 'pg'`],
    ['lib/oauth/token.ts', `import { cookies } from 'next/headers'`],
    ['lib/oauth/token.ts', `export { pool } from '../db/client.ts'`],
    ['lib/oauth/token.ts', `export * from '../db/client.ts'`],
    ['lib/oauth/token.ts', `const client = await import('#lib/db/client.ts')`],
    ['lib/oauth/token.ts', `const client = await import(name)`],
    ['lib/oauth/token.ts', `type Client = import('../db/client.ts').Client`],
    ['lib/oauth/token.ts', `const now = Date.now()`],
    ['lib/oauth/token.ts', `const now = new Date()`],
    ['lib/audit/stream.ts', `import { authorize } from '#lib/oauth/authorize.ts'`],
    ['lib/audit/stream.ts', `const byProject = Map.groupBy(rows, key)`],
    ['lib/management/clients/create.ts', `const url = process.env.BASE_URL`],
    ['lib/management/clients/create.ts', `import { requireMember } from '#lib/session/require-member.ts'`],
    ['lib/session/options.ts', `import { scopesOf } from '#lib/oauth/scope.ts'`],
    ['app/api/oauth/token/route.ts', `import { token } from '#lib/oauth/token.ts'`],
    ['app/(dashboard)/projects/page.tsx', `import { prisma } from '#lib/db/client.ts'`],
    ['components/clients/client-form.tsx', `import { createClient } from '#lib/management/clients/create.ts'`],
    ['lib/password.ts', `import { env } from './env.ts'`],
    ['components/ui/button.tsx', `import { Page } from '../layout/page.tsx'`],
    ['lib/new-folder/thing.ts', ''],
  ])('catches %s with %s', (file, source) => expect(violationsOf(file, factsOf(file, source))).toHaveLength(1))

  it.each([
    ['lib/oauth/token.ts', `import { jwtVerify } from 'jose'\nimport { sha256 } from './hash.ts'`],
    ['lib/audit/stream.ts', `import type { OAuthEvent } from '#lib/oauth/events.ts'`],
    ['lib/audit/stream.ts', `import { type OAuthEvent, type Step } from '#lib/oauth/events.ts'`],
    ['components/clients/client-form.tsx', `import { createInput } from '#lib/management/clients/inputs.ts'`],
    ['components/clients/client-form.tsx', `import type { ClientRow } from '#lib/management/clients/list.ts'`],
    ['components/projects/snippets.tsx', 'const code = `import { pool } from "pg"`'],
    ['lib/oauth/token.ts', 'const expires = new Date(0)'],
  ])('leaves alone %s with %s', (file, source) => expect(violationsOf(file, factsOf(file, source))).toEqual([]))
})
