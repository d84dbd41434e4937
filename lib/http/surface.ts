import { connectedApps } from '#lib/end-user/connected/apps.ts'
import { confirmHandoff } from '#lib/end-user/handoff/confirmation.ts'
import { returnFromHandoff } from '#lib/end-user/handoff/return.ts'
import { startHandoff } from '#lib/end-user/handoff/start.ts'
import { ownAccount } from '#lib/end-user/owner/account.ts'
import { resetPassword } from '#lib/end-user/password/reset.ts'
import { signIn } from '#lib/end-user/sign-in.ts'
import { upstreamCallback } from '#lib/end-user/upstream/callback.ts'
import { fetchUpstreamToken } from '#lib/end-user/upstream/token-fetch.ts'
import { clientLogo } from '#lib/issuer/client-logo.ts'
import { logo } from '#lib/issuer/logo.ts'
import { type Endpoint, endpoints } from '#lib/oauth/endpoints.ts'

const FORM = { cors: false, answer: 'navigate', bodyCap: 16 * 1024 } as const

/** The forms of the pages that end users see. */
const forms = {
  signIn: { path: '/oauth/sign-in', methods: ['GET', 'POST'], ...FORM, handle: signIn },
  resetPassword: { path: '/oauth/reset-password', methods: ['POST'], ...FORM, handle: resetPassword },
  ownAccount: { path: '/oauth/account', methods: ['POST'], ...FORM, handle: ownAccount },
  connectedApps: { path: '/oauth/connected-apps', methods: ['POST'], ...FORM, handle: connectedApps },
  startHandoff: { path: '/oauth/handoff', methods: ['GET'], ...FORM, handle: startHandoff },
  upstreamCallback: { path: '/oauth/callback/[provider]', methods: ['GET'], ...FORM, handle: upstreamCallback },
  returnFromHandoff: { path: '/oauth/handoff/[handoff]', methods: ['GET'], ...FORM, handle: returnFromHandoff },
} as const

/** What a customer's backend calls, with the server secret, to let people in. */
const backend = {
  handoff: { path: '/api/oauth/handoff', methods: ['POST'], cors: false, answer: 'json', bodyCap: 64 * 1024, handle: confirmHandoff },
  upstreamToken: {
    path: '/api/oauth/upstream-token',
    methods: ['POST'],
    cors: false,
    answer: 'json',
    bodyCap: 16 * 1024,
    handle: fetchUpstreamToken,
  },
} as const

const files = {
  logo: { path: '/logo/[hash]', methods: ['GET'], cors: false, answer: 'json', bodyCap: 0, handle: logo },
  clientLogo: { path: '/client-logo/[hash]', methods: ['GET'], cors: false, answer: 'json', bodyCap: 0, handle: clientLogo },
} as const

/** Everything that is answered below an issuer without a framework: the protocol, the forms of its pages, and the pictures on them. */
export const surface = { ...endpoints, ...forms, ...backend, ...files } as const satisfies Record<string, Endpoint>

/** `unknown`: below an issuer, but nothing that exists. */
export type Name = keyof typeof surface | 'unknown'

/** What 2025-03-26 clients guess when the issuer is a host of its own. */
const ALIASES: readonly [string, Name][] = [
  ['/authorize', 'authorize'],
  ['/token', 'token'],
  ['/register', 'register'],
]

const byPath = new Map<string, Name>([
  ...ALIASES,
  ...Object.entries(surface).map(([name, { path }]): [string, Name] => [path, name as Name]),
])

/** Paths with a segment that is a value, as patterns. */
const byPattern = [...byPath]
  .filter(([path]) => path.includes('['))
  .map(([path, name]): [RegExp, Name] => [new RegExp(`^${path.replace(/\[\w+\]/g, '[^/]+')}$`), name])

/** Which endpoint a path below an issuer is; null for none. */
export const endpointAt = (path: string): Name | null => byPath.get(path) ?? byPattern.find(([pattern]) => pattern.test(path))?.[1] ?? null

/** Pages of an issuer, which the framework renders. */
export const isIssuerPage = (path: string): boolean => /^\/(?:sign-in|email|account|device|connected-apps|consent\/[^/]+)$/.test(path)
