import { spawn } from 'node:child_process'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { newMember, unique } from '#lib/management/fixtures.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'

type Ended = { status: number | null; stdout: string; stderr: string }

/** `npm run cli`, without the part that finds the installation's database. */
function cli(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => (output.stdout += bytes))
  child.stderr.on('data', (bytes) => (output.stderr += bytes))
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (status) => resolve({ status, ...output })))
}

async function cliJson<T>(...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await cli(...args, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as T
}

it('makes a project and a client that scripts can use, and the log tells who did it', async () => {
  const slug = unique('cli')
  const memberId = await newMember()
  const { email } = await prisma().member.findUniqueOrThrow({ where: { id: memberId } })
  const project = await cliJson<Record<string, string>>(
    ...['project', 'create', '--name', 'Notes', '--slug', slug, '--resource', 'https://mcp.example.com/mcp', '--owner', email],
  )
  expect(project).toEqual({
    slug,
    issuer: `http://localhost:3000/p/${slug}`,
    resource: 'https://mcp.example.com/mcp',
    registration_secret: expect.stringMatching(/^gate_reg_[\w-]{43}$/),
    server_secret: expect.stringMatching(/^gate_srv_[\w-]{43}$/),
  })

  const callback = 'http://127.0.0.1:8787/cb'
  const client = await cliJson<{ client_id: string; client_secret: string }>(
    ...['client', 'create', '--project', slug, '--name', 'Agent', '--redirect-uri', callback, '--method', 'client_secret_post'],
  )
  const row = await prisma().oAuthClient.findFirstOrThrow({ where: { clientId: client.client_id } })
  expect(row.secretHash).toBe(sha256Hex(client.client_secret))

  const settings = await cliJson(...['project', 'set', '--project', slug, '--registration', 'open', '--iss', 'off'])
  expect(settings).toMatchObject({ slug, registration_mode: 'open', iss_parameter: false, sign_up_open: true })

  const events = await cliJson<{ action: string; actor_kind: string }[]>('audit', 'list', '--project', slug, '--limit', '10')
  expect(events.map((event) => [event.action, event.actor_kind])).toEqual([
    ['project.updated', 'command-line'],
    ['client.created', 'command-line'],
    ['project.created', 'command-line'],
  ])
  expect(JSON.stringify(events)).not.toContain(client.client_secret)
  expect(await prisma().project.findFirstOrThrow({ where: { slug } })).toMatchObject({
    organisationId: (await prisma().membership.findFirstOrThrow({ where: { memberId } })).organisationId,
  })
}, 60_000)

it('says on stderr what is wrong, with 1 for a refusal and 2 for a typing error', async () => {
  const [unknown, mistyped, missing, refused] = await Promise.all([
    cli('project', 'set', '--project', unique('none'), '--iss', 'on'),
    cli('project', 'destroy'),
    cli('client', 'create', '--name', 'x'),
    cli('project', 'create', '--name', 'x', '--slug', unique('x'), '--resource', 'http://mcp.example.com', '--owner', 'nobody@example.com'),
  ])
  expect(unknown).toEqual({ status: 1, stdout: '', stderr: 'Project not found\n' })
  expect(mistyped).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('project create') })
  expect(missing).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--project is missing') })
  expect(refused).toMatchObject({ status: 1, stdout: '' })
}, 60_000)

it('trusts an issuer by a file of keys, and no longer', async () => {
  const slug = unique('cli')
  const memberId = await newMember()
  const { email } = await prisma().member.findUniqueOrThrow({ where: { id: memberId } })
  await cliJson('project', 'create', '--name', 'Notes', '--slug', slug, '--resource', 'https://mcp.example.com/mcp', '--owner', email)
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'cli-')), 'keys.json')
  const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'k1' }
  writeFileSync(file, JSON.stringify({ keys: [key] }))
  const rule = { claims: { repositoryOwner: 'acme' }, scopes: ['read'] }
  const issuer = 'https://token.actions.example.com'
  const { id } = await cliJson<{ id: string }>(
    ...['trusted-issuer', 'create', '--project', slug, '--kind', 'workload', '--issuer', issuer, '--jwks', file],
    ...['--rule', JSON.stringify(rule)],
  )
  const [listed] = await cliJson<Record<string, unknown>[]>('trusted-issuer', 'list', '--project', slug)
  expect(listed).toMatchObject({ id, kind: 'workload', issuer, has_keys: true, rules: JSON.stringify([rule]), link_by_email: false })
  expect(await cliJson('trusted-issuer', 'delete', '--project', slug, '--id', id)).toEqual({ id })
  expect(await cliJson('trusted-issuer', 'list', '--project', slug)).toEqual([])

  const mistyped = await cli('trusted-issuer', 'create', '--project', slug, '--kind', 'workload', '--issuer', issuer, '--rule', '{')
  expect(mistyped).toMatchObject({ status: 2, stderr: expect.stringContaining('--rule must be JSON') })
}, 60_000)

it('shows events as they happen, one line of JSON each, until it is stopped', async () => {
  const slug = unique('cli')
  const { email } = await prisma().member.findUniqueOrThrow({ where: { id: await newMember() } })
  await cliJson('project', 'create', '--name', 'Notes', '--slug', slug, '--resource', 'https://mcp.example.com/mcp', '--owner', email)
  const args = ['audit', 'tail', '--project', slug, '--action', 'project.updated', '--json']
  const tail = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => tail.once('close', resolve))
  const lines: string[] = []
  const first = new Promise<void>((resolve) =>
    tail.stdout.on('data', (bytes: Buffer) => {
      lines.push(...bytes.toString().trimEnd().split('\n'))
      resolve()
    }),
  )
  await cliJson('project', 'set', '--project', slug, '--iss', 'off')
  await first
  await new Promise((resolve) => setTimeout(resolve, 4_500)) // two more looks, which see the same event again
  tail.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ action: 'project.updated', actor_kind: 'command-line' }),
  ])
}, 60_000)

it('writes a backup, tells whether it is whole, and puts it into no database that is in use', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'cli-')), 'today.backup')
  const made = await cliJson<{ file: string; bytes: number; migration: string; tables: { name: string; rows: number }[] }>(
    'backup',
    '--to',
    file,
  )
  expect(made).toMatchObject({ file, bytes: statSync(file).size, made_at: expect.any(String), migration: expect.any(String) })
  expect(made.tables.map(({ name }) => name)).toContain('signing_key')

  const [checked, again, both, restored] = await Promise.all([
    cliJson('backup', '--check', file),
    cli('backup', '--to', file),
    cli('backup', '--to', file, '--check', file),
    cli('restore', '--from', file),
  ])
  expect(checked).toMatchObject({ file, migration: made.migration, tables: made.tables })
  expect(again).toEqual({ status: 1, stdout: '', stderr: `${file} exists already; --force replaces it\n` })
  expect(both.status).toBe(2)
  expect(restored).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('is not empty') })
}, 60_000)

it('explains itself, a noun and a single command', async () => {
  const [all, noun, one] = await Promise.all([cli('--help'), cli('secret', '--help'), cli('user', 'disable', '--help')])
  const headings = (text: string) => text.split('\n').filter((line) => /^ {2}\S/.test(line))
  expect(all.status).toBe(0)
  for (const command of ['project create', 'user disable', 'grant revoke', 'audit tail', 'backup', 'restore']) {
    expect(all.stdout).toContain(`  ${command} --`)
  }
  expect(headings(noun.stdout).map((line) => line.split(' --')[0])).toEqual(
    ['rotate', 'list', 'create', 'rename', 'revoke'].map((verb) => `  secret ${verb}`),
  )
  expect(headings(one.stdout)).toEqual(['  user disable --project SLUG --user ID', '  --user  User id, the `sub` of tokens'])
}, 60_000)
