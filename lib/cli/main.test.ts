import { spawn } from 'node:child_process'
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

it('explains itself', async () => {
  const { status, stdout } = await cli('--help')
  expect(status).toBe(0)
  for (const command of ['project create', 'project list', 'project set', 'client create', 'client list', 'client revoke', 'user create']) {
    expect(stdout).toContain(`  ${command}`)
  }
})
