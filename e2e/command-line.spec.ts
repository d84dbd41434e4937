import { expect, test, visit } from './fixtures.ts'
import { createClient, introspect, redemption, registerClient, requestTokens, startAuthorization } from './support/client.ts'
import { commandLine, commandLineJson } from './support/command-line.ts'
import { target } from './support/installation.ts'
import { signUpMember } from './support/member.ts'
import { auditLog, type Project } from './support/project.ts'
import { unique } from './support/unique.ts'

const REDIRECT = 'https://client.example.com/callback'

/** `owner`: the e-mail address of the member whose organisation it shall belong to. */
async function typeProject(owner: string): Promise<Project> {
  const name = unique('Typed')
  const flags = ['--name', name, '--slug', unique('p'), '--resource', 'http://localhost:3999/mcp', '--owner', owner]
  return { ...(await commandLineJson<Project>(['project', 'create', ...flags])), name }
}

test('a project made on the command line is in its owner’s dashboard and issues tokens', async ({ dashboard: page, member, visitor }) => {
  const project = await typeProject(member.email)
  expect(project).toMatchObject({ issuer: `${target()}/p/${project.slug}`, resource: 'http://localhost:3999/mcp' })
  await visit(page, '/projects')
  await page.getByRole('link', { name: project.name }).click()
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible()
  await expect(page.getByText(project.issuer, { exact: true }).first()).toBeVisible()

  const listed = await commandLineJson<{ slug: string; resource: string }[]>(['project', 'list'])
  expect(listed).toContainEqual(expect.objectContaining({ slug: project.slug, resource: project.resource }))

  const client = await createClient(project, REDIRECT, 'Typed client')
  const authorization = startAuthorization(project, client, REDIRECT)
  const back = await visitor.answer(authorization.url)
  const tokens = await requestTokens(project, redemption(client, authorization, back.searchParams.get('code') ?? ''))
  expect(await introspect(project, tokens.access_token)).toMatchObject({ active: true })
})

test('a project of the command line is not there for a member who does not own it', async ({ dashboard: page, complaints }) => {
  complaints.foresee(/status of 404/)
  const { email } = await signUpMember()
  const { slug } = await typeProject(email)
  await page.goto(`/projects/${slug}`)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()

  const wanted = ['project', 'create', '--name', 'N', '--resource', 'https://a.example/mcp', '--owner', `not-${email}`]
  const { status, stderr } = await commandLine(wanted)
  expect([status, stderr.trim()]).toEqual([1, 'Organisation of this owner not found'])
})

test('settings changed on the command line are what the metadata and the endpoints say', async ({ project }) => {
  const settings = ['--registration', 'open', '--iss', 'off', '--access-token-ttl', '900', '--sign-up', 'off', '--name', 'Renamed']
  expect(await commandLineJson(['project', 'set', '--project', project.slug, ...settings])).toMatchObject({
    slug: project.slug,
    name: 'Renamed',
    registration_mode: 'open',
    iss_parameter: false,
    access_token_ttl_seconds: 900,
    sign_up_open: false,
  })
  const metadata = () => fetch(`${project.issuer}/.well-known/oauth-authorization-server`).then((response) => response.json())
  await expect.poll(async () => (await metadata()).authorization_response_iss_parameter_supported ?? false).toBe(false)
  expect((await registerClient(project, REDIRECT, { secret: null })).client_id).toMatch(/^c_/)

  await commandLineJson(['project', 'set', '--project', project.slug, '--registration', 'off'])
  await expect.poll(async () => (await metadata()).registration_endpoint).toBeUndefined()
})

test('clients are made, listed and revoked, and a secret is told once', async ({ project }) => {
  const made = await commandLineJson<{ client_id: string; client_secret: string }>([
    ...['client', 'create', '--project', project.slug, '--name', 'Robot', '--grant', 'client_credentials', '--scope', 'read'],
  ])
  await commandLineJson(['project', 'set', '--project', project.slug, '--client-credentials', 'on'])
  const credentials = new URLSearchParams({ grant_type: 'client_credentials', ...made })
  const issued = () => requestTokens(project, credentials).then(() => true, String)
  await expect.poll(issued).toBe(true)
  const { access_token } = await requestTokens(project, credentials)
  expect(await introspect(project, access_token)).toMatchObject({ active: true, sub: made.client_id, scope: 'read' })

  const { stdout } = await commandLine(['client', 'list', '--project', project.slug, '--json'])
  expect(stdout).toContain(made.client_id)
  expect(stdout).not.toContain(made.client_secret)

  const revoked = await commandLineJson(['client', 'revoke', '--project', project.slug, '--client', made.client_id])
  expect(revoked).toEqual({ client_id: made.client_id, grants_ended: 0 })
  expect(await introspect(project, access_token)).toEqual({ active: false })
  await expect(requestTokens(project, credentials)).rejects.toThrow(/401.*invalid_client/)
})

test('a user made on the command line can sign in', async ({ project, page, callback }) => {
  const email = `${unique('typed')}@example.com`
  const password = unique('password')
  const user = await commandLineJson<{ id: string }>([
    'user',
    'create',
    '--project',
    project.slug,
    '--email',
    email,
    '--password',
    password,
  ])
  expect(user.id).toMatch(/^user_/)
  const client = await createClient(project, callback.redirectUri)
  await page.goto(startAuthorization(project, client, callback.redirectUri).url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(`Signed in as ${email}`)).toBeVisible()
})

test('a rotated secret replaces the old one at once, or after the overlap that was asked for', async ({ project }) => {
  const rotate = (kind: string, ...more: string[]) =>
    commandLineJson<{ secret: string }>(['secret', 'rotate', '--project', project.slug, '--kind', kind, ...more])
  const mint = async (secret: string) => {
    const body = JSON.stringify({ user_id: 'user 1' })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` }
    return (await fetch(`${project.issuer}/api/oauth/token/exchange`, { method: 'POST', headers, body })).status
  }
  const second = await rotate('server', '--overlap', '1')
  expect([await mint(project.server_secret), await mint(second.secret)]).toEqual([200, 200])
  const third = await rotate('server')
  expect([await mint(project.server_secret), await mint(second.secret), await mint(third.secret)]).toEqual([401, 401, 200])

  const registration = await rotate('registration')
  await expect(registerClient(project, REDIRECT)).rejects.toThrow('401')
  expect((await registerClient(project, REDIRECT, { secret: registration.secret })).client_id).toMatch(/^c_/)
})

test('a rotated signing key signs, and tokens of the one before stay good', async ({ project }) => {
  const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
  const mint = async (): Promise<string> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${project.server_secret}` }
    const response = await fetch(`${project.issuer}/api/oauth/token/exchange`, { method: 'POST', headers, body: '{"user_id":"user 1"}' })
    return (await response.json()).access_token
  }
  const before = await mint()
  const rotation = await commandLineJson<{ outcome: string; kid: string }>(['keys', 'rotate', '--project', project.slug])
  expect(rotation.outcome).toBe('rotated')
  expect(rotation.kid).not.toBe(kidOf(before))
  await expect.poll(async () => kidOf(await mint()), { timeout: 15_000 }).toBe(rotation.kid)
  expect(await introspect(project, before)).toMatchObject({ active: true })
})

test('the log names the command line as who did it, newest first, and can be narrowed', async ({ member }) => {
  const project = await typeProject(member.email)
  const client = await createClient(project, REDIRECT)
  await commandLineJson(['project', 'set', '--project', project.slug, '--name', 'Renamed'])
  const log = await auditLog(project)
  expect(log.map(({ action }) => action)).toEqual(['project.updated', 'client.created', 'project.created'])
  expect(new Set(log.map(({ actor_kind }) => actor_kind))).toEqual(new Set(['command-line']))
  expect(await auditLog(project, '--action', 'client.created', '--client', client.client_id)).toEqual([log[1]])
  expect(await auditLog(project, '--client', 'c_nobody')).toEqual([])
})

test('what is typed wrongly ends with 2, what is refused with 1, and both say why', async ({ project }) => {
  const typedWrongly = await commandLine(['project', 'create', '--name', 'N'])
  expect([typedWrongly.status, typedWrongly.stdout]).toEqual([2, ''])
  expect(typedWrongly.stderr).toContain('--resource is missing')
  const unknown = await commandLine(['client', 'list', '--project', 'no-such-project', '--json'])
  expect([unknown.status, unknown.stdout, unknown.stderr.trim()]).toEqual([1, '', 'Project not found'])
  const taken = await commandLine(['project', 'create', '--name', 'N', '--slug', project.slug, '--resource', 'https://a.example/mcp'])
  expect([taken.status, taken.stderr.trim()]).toEqual([1, 'This slug is taken'])
})
