import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '#lib/simulator/profile.ts'
import { codex, codexWithoutIss } from '#lib/simulator/profiles/codex.ts'
import { cursor } from '#lib/simulator/profiles/cursor.ts'
import { vsCode } from '#lib/simulator/profiles/vs-code.ts'
import { profiles } from '#lib/simulator/profiles.ts'
import type { RunOptions } from '#lib/simulator/run.ts'
import { type Connection, runProfile } from '#lib/simulator/run-profile.ts'
import { ProfileFailure, type TraceStep } from '#lib/simulator/trace.ts'
import type { FetchInit } from '#lib/simulator/wire.ts'
import { serverClock } from './dpop-key.ts'
import { openConsent } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { Method, Target, TestBrowser, TestProject, TestUser } from './target.ts'

type Ground = { readonly project: TestProject; readonly user: TestUser; readonly browser: TestBrowser }
type Outcome = { readonly trace: readonly TraceStep[]; readonly end: Connection | ProfileFailure }
type Rewrite = (url: string, answer: Response) => Promise<Response> | Response

/** An MCP server as far as a client without a token gets: its 401 and its metadata below the path and at the root. */
function mcpServerOf({ issuer, resource }: TestProject, url: string): Response {
  const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'WWW-Authenticate' }
  const { origin, pathname } = new URL(resource)
  const metadata = `${origin}/.well-known/oauth-protected-resource${pathname}`
  if (url === resource) {
    const challenge = `Bearer resource_metadata="${metadata}", scope="read"`
    return new Response(null, { status: 401, headers: { ...cors, 'www-authenticate': challenge } })
  }
  const isMetadata = url === metadata || url === `${origin}/.well-known/oauth-protected-resource`
  const body = { resource, authorization_servers: [issuer], scopes_supported: ['read', 'write'], bearer_methods_supported: ['header'] }
  return isMetadata ? Response.json(body, { headers: cors }) : Response.json({}, { status: 404, headers: cors })
}

/** What the browser of a script asks of an MCP server before it calls. */
const MCP_PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, MCP-Protocol-Version',
}

async function optionsOf(
  target: Target,
  { project, user, browser }: Ground,
  rewrite: Rewrite = (_, answer) => answer,
): Promise<RunOptions> {
  const { origin } = new URL(project.resource)
  return {
    issuer: project.issuer,
    resource: project.resource,
    now: await serverClock(project),
    fetch: async (url, { redirect: _, ...init }: FetchInit) => {
      if (!url.startsWith(origin)) return rewrite(url, await project.fetch(url, init))
      return rewrite(
        url,
        init.method === 'OPTIONS' ? new Response(null, { status: 204, headers: MCP_PREFLIGHT }) : mcpServerOf(project, url),
      )
    },
    approve: async (url) => {
      const form = await browser.form(await openConsent(project, url, { user, browser }))
      const answer = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      return { status: answer.status, location: answer.headers.get('location') ?? '' }
    },
    publish: async (path, document) => {
      const site = await target.site()
      site.publish(path, { body: document(site.url(path)) })
      return site.url(path)
    },
    predefine: async ({ redirectUri, method }) => project.client({ redirectUris: [redirectUri], method: method as Method }),
  }
}

async function outcomeOf(run: AsyncGenerator<TraceStep, Connection, void>): Promise<Outcome> {
  const trace: TraceStep[] = []
  try {
    for (;;) {
      const next = await run.next()
      if (next.done) return { trace, end: next.value }
      trace.push(next.value)
    }
  } catch (error) {
    if (!(error instanceof ProfileFailure)) throw error
    return { trace, end: error }
  }
}

/** The claims of its last token; a client that gave up fails the test with its own words. */
function claimsOf({ end, trace }: Outcome) {
  if (end instanceof ProfileFailure)
    throw new Error(`${end.message}\n${trace.map(({ request, status, note }) => `${request} ${status} ${note}`).join('\n')}`)
  return decodeJwt(end.accessToken)
}

conformance('recorded clients', (subject) => {
  const newGround = async (settings: Parameters<Target['project']>[0] = {}): Promise<Ground> => {
    const project = await subject.target.project({ registrationMode: 'open', ...settings })
    return { project, user: await project.user(), browser: project.browser() }
  }
  let ground: Ground
  beforeAll(async () => {
    ground = await newGround()
  })
  const run = async (profile: Profile, on = ground, rewrite?: Rewrite) =>
    outcomeOf(runProfile(profile, await optionsOf(subject.target, on, rewrite)))

  describe.each(profiles.map((profile): [string, Profile] => [profile.id, profile]))('%s', (_, profile) => {
    const settings = profile === codexWithoutIss ? { issParameter: false } : {}

    it('connects, refreshes and disconnects, from the MCP server on, and leaves no code, token or secret in its trace', async () => {
      const own = await newGround(settings)
      const minted: string[] = []
      const outcome = await run(profile, own, async (_, answer) => {
        const text = await answer.clone().text()
        for (const [, value = ''] of text.matchAll(/"(?:access_token|refresh_token|client_secret)":"([^"]+)"/g)) minted.push(value)
        return answer
      })
      expect(claimsOf(outcome)).toMatchObject({ iss: own.project.issuer, aud: own.project.resource, sub: own.user.id })
      expect(outcome.trace.map(({ verdict }) => verdict)).not.toContain('failed')
      const steps = outcome.trace.map(({ step }) => step)
      for (const step of ['challenge', 'resource-metadata', 'metadata', 'authorize', 'callback', 'token', 'refresh', 'revoke'] as const) {
        expect(steps).toContain(step)
      }
      expect(minted.length).toBeGreaterThan(0)
      const told = JSON.stringify(outcome.trace)
      expect(minted.filter((secret) => told.includes(secret))).toEqual([])
      expect(told).not.toMatch(/code=(?!…)|state=(?!…)|code_challenge=(?!…)|client_assertion|gate_/)
    })

    it('connects where nobody asked the MCP server first', async () => {
      const own = await newGround(settings)
      const options = { ...(await optionsOf(subject.target, own)), resource: null }
      expect(claimsOf(await outcomeOf(runProfile(profile, options)))).toMatchObject({ aud: own.project.resource })
    })
  })

  describe('a client that insists', () => {
    const failureOf = async (profile: Profile, on = ground, rewrite?: Rewrite) => {
      const { end, trace } = await run(profile, on, rewrite)
      if (!(end instanceof ProfileFailure)) throw new Error(`${profile.id} let it pass`)
      expect(trace.at(-1)).toMatchObject({ verdict: 'failed', step: end.step })
      return `${end.step}: ${trace.at(-1)?.note}`
    }
    const changed =
      (end: string, members: Readonly<Record<string, unknown>>): Rewrite =>
      async (url, answer) => {
        if (!url.endsWith(end) || answer.status >= 300 || answer.body === null) return answer
        const { status, headers } = answer
        return Response.json({ ...((await answer.json()) as object), ...members }, { status, headers })
      }
    const inMetadata =
      (members: Readonly<Record<string, unknown>>): Rewrite =>
      (url, answer) =>
        url.includes('/oauth-authorization-server') ? changed('', members)(url, answer) : answer

    it('on iss gives up where it was announced and is lost on the way', async () => {
      expect(await failureOf(codexWithoutIss)).toBe('callback: iss was announced and is missing')
    })

    it('on iss gives up where it is announced and not sent', async () => {
      const silent = await newGround({ issParameter: false })
      const announced = inMetadata({ authorization_response_iss_parameter_supported: true })
      for (const id of ['chatgpt-document', 'claude-code', 'codex']) {
        const profile = profiles.find((each) => each.id === id) ?? codex
        expect(await failureOf(profile, silent, announced)).toBe('callback: iss was announced and is missing')
      }
    })

    it('on the issuer compares it byte for byte', async () => {
      expect(await failureOf(codex, ground, inMetadata({ issuer: `${ground.project.issuer}/` }))).toMatch(/^metadata: issuer is /)
    })

    it('on its schema refuses null', async () => {
      for (const id of ['claude-code', 'typescript-sdk', 'inspector']) {
        const profile = profiles.find((each) => each.id === id) ?? codex
        expect(await failureOf(profile, ground, inMetadata({ service_documentation: null }))).toBe(
          'metadata: service_documentation is null or empty',
        )
      }
      expect(await failureOf(cursor, ground, changed('/register', { client_uri: '' }))).toBe('register: client_uri is null or empty')
    })

    it('on the resource refuses metadata about its parent', async () => {
      const { origin } = new URL(ground.project.resource)
      const about = changed('/oauth-protected-resource/mcp', { resource: origin })
      expect(await failureOf(vsCode, ground, about)).toMatch(/^resource-metadata: the metadata is about /)
    })

    it('on the root would believe whoever speaks there', async () => {
      const squatted: Rewrite = (url, answer) => (url.endsWith('/.well-known/oauth-authorization-server') ? Response.json({}) : answer)
      expect(await failureOf(codex, ground, squatted)).toBe('probe: somebody speaks at an address this client falls back to')
    })

    it('on every redirect URI refuses a registration that lost one', async () => {
      const lost = changed('/register', { redirect_uris: ['http://localhost:8787/callback'] })
      expect(await failureOf(cursor, ground, lost)).toBe('register: the answer lacks what it expects: every-redirect-uri')
    })

    it('on CORS reads nothing that a browser would not show it', async () => {
      const profile = profiles.find(({ id }) => id === 'inspector') ?? codex
      const closed: Rewrite = (url, answer) => {
        if (!url.endsWith('/token')) return answer
        const headers = new Headers(answer.headers)
        headers.delete('access-control-allow-origin')
        return new Response(answer.body, { status: answer.status, headers })
      }
      expect(await failureOf(profile, ground, closed)).toMatch(/^(?:preflight|token): /)
    })

    it('on a refresh token refuses an answer that lacks one', async () => {
      const profile = profiles.find(({ id }) => id === 'claude-ai-documents') ?? codex
      expect(await failureOf(profile, ground, changed('/token', { refresh_token: undefined }))).toBe('token: refresh_token is missing')
    })
  })

  it('every one has a name, a sentence and an id of its own', () => {
    expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length)
    for (const { id, about, name } of profiles)
      expect([id, about.endsWith('.'), name !== '']).toEqual([expect.stringMatching(/^[a-z0-9-]+$/), true, true])
  })
})
