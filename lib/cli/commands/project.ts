import { commandLineOrganisation, commandLineOrganisations, commandLineProject } from '#lib/management/command-line.ts'
import type { OrganisationContext } from '#lib/management/context.ts'
import { createProject } from '#lib/management/projects/create.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { claimMappingOf } from '#lib/management/projects/inputs.ts'
import { type ListedProject, listProjects } from '#lib/management/projects/list.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { type Command, text, texts } from './command.ts'
import { list, moment, table } from './output.ts'

const create: Command = {
  usage: '--name NAME --resource URL [--slug SLUG] [--owner EMAIL]',
  summary: 'Make a project and show its two secrets, once',
  flags: { name: text, slug: text, resource: text, owner: text },
  async run(flags) {
    const input = { name: flags.required('name'), resource: flags.required('resource'), slug: flags.optional('slug') }
    const project = await createProject(await commandLineOrganisation(flags.optional('owner')), input)
    return {
      data: project,
      text: list({
        Slug: project.slug,
        Issuer: project.issuer,
        Resource: project.resource,
        'Registration secret': project.registrationSecret,
        'Server secret': project.serverSecret,
      }),
    }
  },
}

const listAll: Command = {
  usage: '',
  summary: 'List every project of this installation',
  flags: {},
  async run() {
    const organisations = await commandLineOrganisations()
    const lists = await Promise.all(
      organisations.map(async (ctx) => (await allProjects(ctx)).map((project) => ({ ...project, organisation: ctx.organisation.name }))),
    )
    const projects = lists.flat()
    const rows = projects.map((project) => [
      project.slug,
      project.name,
      project.organisation,
      project.issuer,
      project.resource,
      `${project.clientCount}`,
    ])
    return { data: projects, text: table(['SLUG', 'NAME', 'ORGANISATION', 'ISSUER', 'RESOURCE', 'CLIENTS'], rows) }
  },
}

async function allProjects(ctx: OrganisationContext): Promise<ListedProject[]> {
  const all: ListedProject[] = []
  let cursor: string | undefined
  do {
    const page: Awaited<ReturnType<typeof listProjects>> = await listProjects(ctx, { take: 100, cursor })
    all.push(...page.projects)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

/** Lists of words as words, lists of things as JSON. */
const wordsOf = (value: unknown): string =>
  Array.isArray(value) && value.some((item) => typeof item === 'object') ? JSON.stringify(value) : String(value)

const valueOrOff = (value: string | undefined): string | null | undefined => (value === 'off' ? null : value)

/** Undefined where none was typed: they stay as they are. `off`: there are none any more. */
const mappingsIn = (claims: readonly string[]): { claim: string; from: string }[] | undefined =>
  claims.length === 0 ? undefined : claims.filter((pair) => pair !== 'off').map(claimMappingOf)

const set: Command = {
  usage: `--project SLUG [--name NAME] [--registration open|guarded|off] [--iss on|off] [--sign-up on|off] [--algorithm ES256|RS256]
      [--access-token-ttl SECONDS] [--refresh-idle SECONDS] [--refresh-absolute SECONDS] [--key-rotation DAYS|off]
      [--audit-retention DAYS|off] [--client-credentials on|off] [--token-exchange on|off] [--offer-all-scopes on|off]
      [--device-grant on|off] [--openid-connect on|off] [--password-sign-in on|off] [--handoff-url URL|off] [--claim URI=ATTRIBUTE|off]...`,
  summary: 'Change settings and show them all',
  flags: {
    project: text,
    name: text,
    registration: text,
    iss: text,
    'sign-up': text,
    algorithm: text,
    'access-token-ttl': text,
    'refresh-idle': text,
    'refresh-absolute': text,
    'key-rotation': text,
    'audit-retention': text,
    'client-credentials': text,
    'token-exchange': text,
    'offer-all-scopes': text,
    'device-grant': text,
    'openid-connect': text,
    'password-sign-in': text,
    'handoff-url': text,
    claim: texts,
  },
  async run(flags) {
    const input = {
      name: flags.optional('name'),
      registrationMode: flags.oneOf('registration', ['open', 'guarded', 'off']),
      issParameter: flags.onOff('iss'),
      signUpOpen: flags.onOff('sign-up'),
      signingAlgorithm: flags.oneOf('algorithm', ['ES256', 'RS256']),
      accessTokenTtlSeconds: flags.wholeNumber('access-token-ttl'),
      refreshIdleSeconds: flags.wholeNumber('refresh-idle'),
      refreshAbsoluteSeconds: flags.wholeNumber('refresh-absolute'),
      keyRotationDays: valueOrOff(flags.optional('key-rotation')),
      auditRetentionDays: valueOrOff(flags.optional('audit-retention')),
      clientCredentials: flags.onOff('client-credentials'),
      tokenExchange: flags.onOff('token-exchange'),
      offerAllScopes: flags.onOff('offer-all-scopes'),
      deviceGrant: flags.onOff('device-grant'),
      openidConnect: flags.onOff('openid-connect'),
      signInPassword: flags.onOff('password-sign-in'),
      handoffUrl: valueOrOff(flags.optional('handoff-url')),
      claimMappings: mappingsIn(flags.all('claim')),
    }
    const ctx = await commandLineProject(flags.required('project'))
    await updateProject(ctx, input)
    const { slug, name, settings, createdAt } = await getProject(ctx)
    const lines = Object.entries(settings).map(([setting, value]) => [setting, wordsOf(value)])
    return { data: { slug, name, ...settings }, text: list({ slug, name, created: moment(createdAt), ...Object.fromEntries(lines) }) }
  },
}

export const projectCommands = { 'project create': create, 'project list': listAll, 'project set': set }
