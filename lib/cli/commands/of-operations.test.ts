import { beforeAll, describe, expect, it } from 'vitest'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { auditRows, newGrant, newSetting, type Setting, unique } from '#lib/management/fixtures.ts'
import { operations } from '#lib/management/operations.ts'
import { createUser } from '#lib/management/users/create.ts'
import { auditCommands } from './audit.ts'
import { Flags, type FlagValues, type Output } from './command.ts'
import { typed } from './from-operation.ts'
import { operationCommands } from './of-operations.ts'

requireDatabase()
let setting: Setting
let userId: string
let clientId: string

beforeAll(async () => {
  setting = await newSetting()
  const user = await createUser(setting.ctx, { email: `${unique('ada')}@example.com`, password: unique('password') })
  const client = await createClient(setting.ctx, {
    name: 'Notes',
    redirectUris: ['https://client.example.com/cb'],
    tokenEndpointAuthMethod: 'none',
  })
  userId = user.id
  clientId = client.clientId
})

const commands = { ...operationCommands, ...auditCommands }

async function type(name: string, flags: FlagValues = {}): Promise<Output> {
  const command = commands[name as keyof typeof commands]
  const output = await command?.run(new Flags({ project: setting.created.slug, ...flags }), () => {})
  if (!output) throw new Error(`${name} said nothing`)
  return output
}

const rowsOf = async (name: string, flags: FlagValues = {}) => (await type(name, flags)).data as Record<string, unknown>[]
const actions = async () => (await auditRows(setting.ctx)).map(({ action, actorKind }) => `${action} by ${actorKind}`)

describe('commands made from operations', () => {
  it('list what there is, with a cell for each heading', async () => {
    const grantId = await newGrant(setting.ctx, clientId, userId)
    for (const name of Object.keys(commands).filter((each) => each.endsWith(' list'))) {
      const { data, text } = await type(name)
      expect([name, (data as unknown[]).length]).not.toEqual([name, 0])
      expect(text.split('\n')).toHaveLength((data as unknown[]).length + 1)
    }
    expect(await rowsOf('grant list', { client: clientId })).toEqual([expect.objectContaining({ id: grantId, userId })])
    expect(await rowsOf('grant list', { user: 'user_nobody' })).toEqual([])
    expect(await rowsOf('user list', { status: 'disabled' })).toEqual([])
  })

  it('narrow the audit log by what its verb knows, and stop at the limit', async () => {
    const created = await rowsOf('audit list', { step: 'manage', outcome: 'ok', action: 'client.created', limit: '5' })
    expect(created.map(({ action, clientId: id }) => [action, id])).toEqual([['client.created', clientId]])
    expect(await rowsOf('audit list', { limit: '1' })).toHaveLength(1)
    expect(await rowsOf('audit list', { to: '2020-01-01T00:00:00Z' })).toEqual([])
    await expect(type('audit list', { from: 'yesterday' })).rejects.toMatchObject({ fields: { from: expect.stringContaining('Such as') } })
    await expect(type('audit list', { step: 'dance' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('show one thing, and leave the names of somebody else’s attributes alone', async () => {
    const shown = await type('user show', { user: userId })
    expect(shown.data).toMatchObject({ id: userId, attributes: '{}' })
    const project = await type('project show')
    expect(project.text).toMatch(/^settings\.registrationMode\s+guarded$/m)
    expect(project.text).not.toContain(setting.created.serverSecret)
  })

  it('disable, enable, sign out and delete a user, each with its row in the log', async () => {
    const user = await createUser(setting.ctx, { email: `${unique('bob')}@example.com`, password: unique('password') })
    for (const verb of ['disable', 'enable', 'sign-out', 'delete']) await type(`user ${verb}`, { user: user.id })
    const done = ['user.disabled', 'user.enabled', 'user.signed_out', 'user.deleted'].map((action) => `${action} by command-line`)
    expect(await actions()).toEqual(expect.arrayContaining(done))
    await expect(type('user show', { user: user.id })).rejects.toThrow('User not found')
  })

  it('make, rename and revoke a secret', async () => {
    const { data, text } = await type('secret create', { kind: 'server', name: 'Billing' })
    const { secretId, secret } = data as { secretId: string; secret: string }
    expect(secret).toMatch(/^gate_srv_/)
    expect(text).toContain(secret)
    await type('secret rename', { secret: secretId, name: 'Invoices' })
    expect(await rowsOf('secret list', { kind: 'server' })).toContainEqual(expect.objectContaining({ id: secretId, name: 'Invoices' }))
    await type('secret revoke', { secret: secretId })
    expect(JSON.stringify(await rowsOf('secret list'))).not.toContain(secretId)
    await expect(type('secret revoke', { secret: 'x' })).rejects.toMatchObject({ fields: { secret: 'This is not an id' } })
  })

  it('make and delete resources and scopes', async () => {
    const resource = 'https://other.example.com/mcp'
    await type('resource create', { resource, name: 'Other' })
    expect(await rowsOf('resource list')).toContainEqual(expect.objectContaining({ identifier: resource, isDefault: false }))
    await type('resource delete', { resource })
    expect(JSON.stringify(await rowsOf('resource list'))).not.toContain(resource)
    await type('scope create', { name: 'erase', description: 'Erase your notes', risk: 'high', required: 'on' })
    const made = { name: 'erase', risk: 'high', isRequired: true, isDefault: false }
    expect(await rowsOf('scope list')).toContainEqual(expect.objectContaining(made))
    await expect(type('scope create', { name: 'x', description: 'X', required: 'maybe' })).rejects.toThrow(
      '--required must be one of: on, off',
    )
  })

  it('end grants and keys', async () => {
    const grants = [await newGrant(setting.ctx, clientId, userId), await newGrant(setting.ctx, clientId, userId)]
    expect((await type('grant revoke', { grant: grants })).text).toBe('Ended 2 grants.')
    expect(await rowsOf('grant list', { status: 'revoked' })).toHaveLength(2)
    const [key] = await rowsOf('keys list')
    await type('keys revoke', { key: String(key?.kid) })
    expect(await rowsOf('keys list')).toContainEqual(expect.objectContaining({ kid: key?.kid, state: 'revoked' }))
  })

  it('delete a project only under its own name', async () => {
    const other = await newSetting()
    const flags = { project: other.created.slug, name: 'Another' }
    await expect(type('project delete', flags)).rejects.toMatchObject({ fields: { name: 'This is not the name of the project' } })
    await type('project delete', { ...flags, name: 'Notes' })
    await expect(type('project show', { project: other.created.slug })).rejects.toThrow('Project not found')
  })

  it('say what is missing', async () => {
    await expect(type('user show')).rejects.toThrow('--user is missing')
    await expect(type('grant revoke')).rejects.toThrow('--grant is missing')
  })

  it('explain themselves with the words of the inputs', () => {
    expect(operationCommands['secret create']?.usage).toBe('--project SLUG --kind registration|server --name NAME')
    expect(operationCommands['user show']).toMatchObject({
      usage: '--project SLUG --user ID',
      words: { user: expect.stringContaining('sub') },
    })
    expect(() => typed(operations, 'danceUser')).toThrow('no operation of a project: danceUser')
    expect(() => typed(operations, 'listProjects')).toThrow('no operation of a project: listProjects')
  })
})
