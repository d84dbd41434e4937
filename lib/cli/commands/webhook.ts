import { commandLineProject } from '#lib/management/command-line.ts'
import { createWebhookEndpoint } from '#lib/management/webhooks/create.ts'
import { deleteWebhookEndpoint } from '#lib/management/webhooks/delete.ts'
import { listWebhookEndpoints } from '#lib/management/webhooks/list.ts'
import { type Command, text, texts } from './command.ts'
import { list, moment, table } from './output.ts'

const create: Command = {
  usage: "--project SLUG --url URL [--event 'client.*']… [--description TEXT]",
  summary: 'Send events there from now on; show the signing secret, once',
  flags: { project: text, url: text, event: texts, description: text },
  async run(flags) {
    const input = { url: flags.required('url'), description: flags.optional('description') ?? '', events: flags.all('event') }
    const { endpointId, secret } = await createWebhookEndpoint(await commandLineProject(flags.required('project')), input)
    return { data: { id: endpointId, url: input.url, secret }, text: list({ Endpoint: endpointId, 'Signing secret': secret }) }
  },
}

const listAll: Command = {
  usage: '--project SLUG',
  summary: 'List where events are sent, and how that went',
  flags: { project: text },
  async run(flags) {
    const { endpoints } = await listWebhookEndpoints(await commandLineProject(flags.required('project')))
    const rows = endpoints.map(({ endpointId, url, events, disabledAt, deliveries, createdAt }) => [
      ...[endpointId, url, events.join(', ') || 'every event', disabledAt ? 'off' : 'on'],
      ...[`${deliveries.delivered}`, `${deliveries.pending}`, `${deliveries.failed}`, moment(createdAt)],
    ])
    return { data: endpoints, text: table(['ID', 'URL', 'EVENTS', 'STATE', 'DELIVERED', 'WAITING', 'FAILED', 'CREATED'], rows) }
  },
}

const remove: Command = {
  usage: '--project SLUG --id ID',
  summary: 'Send nothing there any more; its deliveries go with it',
  flags: { project: text, id: text },
  async run(flags) {
    const id = flags.required('id')
    await deleteWebhookEndpoint(await commandLineProject(flags.required('project')), { endpointId: id })
    return { data: { id }, text: `Deleted ${id}.` }
  },
}

export const webhookCommands = { 'webhook create': create, 'webhook list': listAll, 'webhook delete': remove }
