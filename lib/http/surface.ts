import { signIn } from '#lib/end-user/sign-in.ts'
import { type Endpoint, endpoints } from '#lib/oauth/endpoints.ts'

const signInForm = {
  path: '/oauth/sign-in',
  methods: ['POST'],
  cors: false,
  answer: 'navigate',
  bodyCap: 16 * 1024,
  handle: signIn,
} as const

/** Everything that is answered below an issuer without a framework: the protocol, and the form of the sign-in page. */
export const surface = { ...endpoints, signIn: signInForm } as const satisfies Record<string, Endpoint>

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

/** Which endpoint a path below an issuer is; null for none. */
export const endpointAt = (path: string): Name | null => byPath.get(path) ?? null

/** Pages of an issuer, which the framework renders. */
export const isIssuerPage = (path: string): boolean => /^\/(?:sign-in|connected-apps|consent\/[^/]+)$/.test(path)
