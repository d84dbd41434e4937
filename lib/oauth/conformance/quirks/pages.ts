import { NextRequest } from 'next/server'
import { expect } from 'vitest'
import { metadataUrls } from '#lib/management/checks/inputs.ts'
import { expressSnippet, resourceMetadata } from '../../../../components/projects/snippets.ts'
import { startSampleServer } from '../../../../e2e/sample-server/server.ts'
import { proxy } from '../../../../proxy.ts'
import { formActionSource } from '../../redirect-uri.ts'
import { openConsent, pkcePair, redirectOf } from '../oauth-client.ts'
import { REDIRECT_URI } from '../target.ts'
import { type Checks, type Ground, PUBLIC, registered } from './check.ts'

/** The sign-in and the consent page of a request to this redirect URI, as the server sends them; there are none in process. */
async function pagesOf({ project, user, browser }: Ground, redirectUri: string): Promise<Response[]> {
  const client = await registered(project, { ...PUBLIC, redirect_uris: [redirectUri] })
  const stranger = project.browser()
  const opened = await stranger.get(client.authorizeUrl(pkcePair().challenge))
  const consent = await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser })
  return [await stranger.get(opened.headers.get('location') ?? ''), await browser.get(consent)]
}

const formActionOf = ({ headers }: Response): string | undefined =>
  /form-action ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]

/** The redirect URI a request ends at, and the one source that lets a form end there. */
const FORM_TARGETS = [
  ['https://claude.ai/api/mcp/auth_callback', 'https://claude.ai'],
  ['http://localhost:3118/callback', 'http://localhost:3118'],
  ['http://[::1]:3118/callback', 'http:'],
  ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor:'],
] as const

export const checks: Checks = {
  'resource-metadata-in-two-places': async () => {
    const server = await startSampleServer({ issuer: 'https://auth.example.com/p/acme', port: 0 })
    try {
      const bodies = await Promise.all(
        metadataUrls(server.url).map(async (url) => {
          const response = await fetch(url)
          return [response.status, await response.text()]
        }),
      )
      expect(bodies.map(([status]) => status)).toEqual([200, 200])
      expect(bodies[0]?.[1]).toBe(bodies[1]?.[1])
      expect(JSON.parse(String(bodies[0]?.[1]))).toMatchObject({
        resource: server.url,
        authorization_servers: ['https://auth.example.com/p/acme'],
      })
    } finally {
      await server.close()
    }
    const values = {
      name: 'Notes',
      issuer: 'https://auth.example.com/p/acme',
      resource: 'https://mcp.acme.com/v1/mcp',
      scopes: ['read'],
      algorithm: 'ES256',
    } as const
    const paths = metadataUrls(values.resource).map((url) => new URL(url).pathname)
    expect(paths).toEqual(['/.well-known/oauth-protected-resource/v1/mcp', '/.well-known/oauth-protected-resource'])
    for (const path of paths) expect(expressSnippet(values)).toContain(`app.get('${path}', (req, res) => res.json(metadata))`)
    expect(expressSnippet(values)).toContain(`const metadata = ${resourceMetadata(values)}`)
  },

  'referrer-policy-same-origin': async (ground) => {
    const { target, project } = ground
    const error = await project.fetch('/oauth/authorize?client_id=nobody')
    expect([error.status, error.headers.get('referrer-policy')]).toEqual([400, 'same-origin'])
    expect(await error.text()).toContain('<meta name="referrer" content="same-origin">')
    const page = await proxy(new NextRequest('http://localhost:3000/sign-in', { headers: { host: new URL(project.issuer).host } }))
    expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'same-origin'])

    if (target.door === 'in-process') return
    for (const response of await pagesOf(ground, REDIRECT_URI)) {
      expect([response.status, response.headers.get('referrer-policy')]).toEqual([200, 'same-origin'])
      expect(await response.text()).toMatch(/<meta name="referrer" content="same-origin"\s*\/?>/)
    }
  },

  'form-action-names-the-redirect': async (ground) => {
    for (const [redirectUri, source] of FORM_TARGETS) {
      expect(formActionSource(redirectUri)).toBe(source)
      if (ground.target.door === 'in-process') continue
      for (const page of await pagesOf(ground, redirectUri)) expect(formActionOf(page)).toBe(`'self' ${source}`)
    }
  },

  'origin-null-is-no-page-of-ours': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const form = await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser }))
    const answer = { ...form.fields, decision: 'allow', scope: form.scopes }
    const before = await project.snapshot()
    expect((await browser.post('/oauth/consent', answer, { origin: 'null' })).status).toBe(403)
    expect(await project.snapshot()).toBe(before)
    expect(redirectOf(await browser.post('/oauth/consent', answer), REDIRECT_URI).kind).toBe('RED code')
  },
}
