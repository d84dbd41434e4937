import { createClient } from '#lib/management/clients/create.ts'
import { type ListedClient, listClients } from '#lib/management/clients/list.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import { commandLineProject } from '#lib/management/command-line.ts'
import type { ManagementContext } from '#lib/management/context.ts'
import { type Command, text, texts } from './command.ts'
import { list, moment, table } from './output.ts'

const METHODS = ['none', 'client_secret_basic', 'client_secret_post'] as const

const create: Command = {
  usage: `--project SLUG --name NAME [--redirect-uri URI]… [--method none|client_secret_basic|client_secret_post]
      [--grant authorization_code|refresh_token|client_credentials]… [--scope "read write"]`,
  summary: 'Makes a client and shows its secret, once',
  flags: { project: text, name: text, 'redirect-uri': texts, method: text, grant: texts, scope: text },
  async run(flags) {
    const ctx = await commandLineProject(flags.required('project'))
    const grants = flags.all('grant')
    const client = await createClient(ctx, {
      name: flags.required('name'),
      redirectUris: flags.all('redirect-uri'),
      // Client credentials are for clients that can keep a secret.
      tokenEndpointAuthMethod: flags.oneOf('method', METHODS) ?? (grants.includes('client_credentials') ? 'client_secret_basic' : 'none'),
      grantTypes: grants.length > 0 ? (grants as ('authorization_code' | 'refresh_token' | 'client_credentials')[]) : undefined,
      scope: flags.optional('scope'),
    })
    return { data: client, text: list({ 'Client id': client.clientId, 'Client secret': client.clientSecret ?? 'none: a public client' }) }
  },
}

const listAll: Command = {
  usage: '--project SLUG',
  summary: 'Lists clients, newest first',
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
  summary: 'Ends a client with all its grants and tokens',
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
