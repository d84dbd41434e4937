import { readFileSync } from 'node:fs'
import { createClient } from '#lib/management/clients/create.ts'
import type { CreateClientInput } from '#lib/management/clients/inputs.ts'
import { type ListedClient, listClients } from '#lib/management/clients/list.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import { commandLineProject } from '#lib/management/command-line.ts'
import type { ManagementContext } from '#lib/management/context.ts'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from '#lib/oauth/grant-type.ts'
import { type Command, text, texts, UsageError } from './command.ts'
import { list, moment, table } from './output.ts'

const METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const

const CODE_GRANTS = ['authorization_code', 'refresh_token', 'device-code']
/** Too long to type. */
const URNS: Readonly<Record<string, string>> = { 'token-exchange': TOKEN_EXCHANGE, 'jwt-bearer': JWT_BEARER, 'device-code': DEVICE_CODE }

const create: Command = {
  usage: `--project SLUG --name NAME [--redirect-uri URI]… [--method none|client_secret_basic|client_secret_post|private_key_jwt]
      [--jwks FILE | --jwks-uri URL] [--grant authorization_code|refresh_token|client_credentials|token-exchange|jwt-bearer|device-code]… [--scope "read write"]`,
  summary: 'Make a client and show its secret, once',
  flags: { project: text, name: text, 'redirect-uri': texts, method: text, jwks: text, 'jwks-uri': text, grant: texts, scope: text },
  async run(flags) {
    const ctx = await commandLineProject(flags.required('project'))
    const grants = flags.all('grant')
    const keyFile = flags.optional('jwks')
    const client = await createClient(ctx, {
      name: flags.required('name'),
      redirectUris: flags.all('redirect-uri'),
      // All other grants are for clients that can keep a secret.
      tokenEndpointAuthMethod:
        flags.oneOf('method', METHODS) ?? (grants.some((grant) => !CODE_GRANTS.includes(grant)) ? 'client_secret_basic' : 'none'),
      jwks: keyFile === undefined ? undefined : keysIn(keyFile),
      jwksUri: flags.optional('jwks-uri'),
      grantTypes: grants.length > 0 ? (grants.map((grant) => URNS[grant] ?? grant) as CreateClientInput['grantTypes']) : undefined,
      scope: flags.optional('scope'),
    })
    return { data: client, text: list({ 'Client id': client.clientId, 'Client secret': client.clientSecret ?? 'none' }) }
  },
}

/** Of a key set's file. Throws `UsageError`. */
export function keysIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--jwks cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
}

const listAll: Command = {
  usage: '--project SLUG',
  summary: 'List clients, newest first',
  flags: { project: text },
  async run(flags) {
    const clients = await allClients(await commandLineProject(flags.required('project')))
    const rows = clients.map((client) => [
      client.clientId,
      client.name,
      client.source,
      client.tokenEndpointAuthMethod,
      `${client.grantCount}`,
      moment(client.createdAt),
      client.revokedAt ? 'revoked' : 'live',
    ])
    return { data: clients, text: table(['CLIENT', 'NAME', 'SOURCE', 'METHOD', 'GRANTS', 'CREATED', 'STATE'], rows) }
  },
}

const revoke: Command = {
  usage: '--project SLUG --client ID',
  summary: 'End a client with all its grants and tokens',
  flags: { project: text, client: text },
  async run(flags) {
    const clientId = flags.required('client')
    const { grantsEnded } = await revokeClient(await commandLineProject(flags.required('project')), { clientId })
    return { data: { clientId, grantsEnded }, text: `Revoked ${clientId}; ${grantsEnded} grants ended.` }
  },
}

async function allClients(ctx: ManagementContext): Promise<ListedClient[]> {
  const clients: ListedClient[] = []
  let cursor: string | undefined
  do {
    const page = await listClients(ctx, { take: 100, cursor })
    clients.push(...page.clients)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return clients
}

export const clientCommands = { 'client create': create, 'client list': listAll, 'client revoke': revoke }
