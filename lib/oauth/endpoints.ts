import { authorize } from './authorize.ts'
import { consent } from './consent.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { deviceAuthorization } from './device-authorization.ts'
import { deviceForm } from './device-form.ts'
import { exchange } from './exchange.ts'
import { introspect } from './introspect.ts'
import { jwks } from './jwks.ts'
import { metadata } from './metadata.ts'
import { pushedAuthorization } from './pushed-authorization.ts'
import { register } from './register.ts'
import { manageRegistration } from './registration-management.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { userinfo } from './userinfo.ts'

export type Endpoint = {
  /** Below the issuer. `[name]` stands for one segment of it, whatever it is. */
  readonly path: string
  /** GET answers HEAD too; OPTIONS is answered where `cors` is. */
  readonly methods: readonly ('GET' | 'POST' | 'PUT' | 'DELETE')[]
  /** Called by scripts of any origin, without cookies. */
  readonly cors: boolean
  /** How faults are said: JSON for programs, pages for people. */
  readonly answer: 'json' | 'navigate'
  /** The most a body may have, in bytes. */
  readonly bodyCap: number
  readonly handle: (request: OAuthRequest, ctx: OAuthContext) => Promise<OAuthResult>
}

const FORM_CAP = 64 * 1024

/** The whole protocol surface. Routes, metadata, CORS and the Node door all read this. */
export const endpoints = {
  metadata: { path: '/.well-known/oauth-authorization-server', methods: ['GET'], cors: true, answer: 'json', bodyCap: 0, handle: metadata },
  openid: { path: '/.well-known/openid-configuration', methods: ['GET'], cors: true, answer: 'json', bodyCap: 0, handle: metadata },
  jwks: { path: '/.well-known/jwks.json', methods: ['GET'], cors: true, answer: 'json', bodyCap: 0, handle: jwks },
  authorize: { path: '/oauth/authorize', methods: ['GET', 'POST'], cors: false, answer: 'navigate', bodyCap: FORM_CAP, handle: authorize },
  consent: { path: '/oauth/consent', methods: ['POST'], cors: false, answer: 'navigate', bodyCap: FORM_CAP, handle: consent },
  par: { path: '/api/oauth/par', methods: ['POST'], cors: false, answer: 'json', bodyCap: FORM_CAP, handle: pushedAuthorization },
  deviceAuthorization: {
    ...{ path: '/api/oauth/device_authorization', methods: ['POST'], cors: true, answer: 'json', bodyCap: FORM_CAP },
    handle: deviceAuthorization,
  },
  device: { path: '/oauth/device', methods: ['POST'], cors: false, answer: 'navigate', bodyCap: FORM_CAP, handle: deviceForm },
  register: { path: '/api/oauth/register', methods: ['POST'], cors: true, answer: 'json', bodyCap: FORM_CAP, handle: register },
  registration: {
    path: '/api/oauth/register/[client]',
    methods: ['GET', 'PUT', 'DELETE'],
    cors: true,
    answer: 'json',
    bodyCap: FORM_CAP,
    handle: manageRegistration,
  },
  token: { path: '/api/oauth/token', methods: ['POST'], cors: true, answer: 'json', bodyCap: FORM_CAP, handle: token },
  exchange: { path: '/api/oauth/token/exchange', methods: ['POST'], cors: false, answer: 'json', bodyCap: FORM_CAP, handle: exchange },
  revoke: { path: '/api/oauth/revoke', methods: ['POST'], cors: true, answer: 'json', bodyCap: FORM_CAP, handle: revoke },
  introspect: { path: '/api/oauth/introspect', methods: ['POST'], cors: false, answer: 'json', bodyCap: FORM_CAP, handle: introspect },
  userinfo: { path: '/api/oauth/userinfo', methods: ['GET', 'POST'], cors: true, answer: 'json', bodyCap: FORM_CAP, handle: userinfo },
} as const satisfies Record<string, Endpoint>
