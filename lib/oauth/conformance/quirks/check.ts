import type { QuirkId } from '../../quirks.ts'
import { type OAuthClient, oauthClient, register } from '../oauth-client.ts'
import { type Method, REDIRECT_URI, type Target, type TestBrowser, type TestProject, type TestUser } from '../target.ts'

/** What a check stands on: a project that registers anybody, and somebody with a browser. */
export type Ground = {
  readonly target: Target
  readonly project: TestProject
  readonly user: TestUser
  readonly browser: TestBrowser
}

/** Throws when the behaviour is not what the entry says. */
export type Check = (ground: Ground) => Promise<void>
export type Checks = Partial<Record<QuirkId, Check>>

/** The same with the switch on its other side, in a project of its own. */
export type Contrary = (target: Target) => Promise<void>
export type Contraries = Partial<Record<QuirkId, Contrary>>

export const METADATA = '/.well-known/oauth-authorization-server'
export const PUBLIC = { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' } as const

export async function newGround(target: Target, settings: Parameters<Target['project']>[0] = {}): Promise<Ground> {
  const project = await target.project({ registrationMode: 'open', ...settings })
  return { target, project, user: await project.user(), browser: project.browser() }
}

/** Registers as anybody, and answers the client as it would use what it was told. Throws what a refusal said. */
export async function registered(project: TestProject, metadata: Readonly<Record<string, unknown>>): Promise<OAuthClient> {
  const { status, body } = await register(project, metadata, {})
  if (status !== 201 || !body.client_id) throw new Error(`registration answered ${status} ${body.error}: ${body.error_description}`)
  return oauthClient(project, {
    clientId: body.client_id,
    clientSecret: body.client_secret ?? null,
    method: body.token_endpoint_auth_method as Method,
    redirectUri: (body.redirect_uris as string[])[0] ?? '',
  })
}
