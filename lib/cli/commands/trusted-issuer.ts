import { commandLineProject } from '#lib/management/command-line.ts'
import { createTrustedIssuer } from '#lib/management/trusted-issuers/create.ts'
import { deleteTrustedIssuer } from '#lib/management/trusted-issuers/delete.ts'
import type { CreateTrustedIssuerInput } from '#lib/management/trusted-issuers/inputs.ts'
import { listTrustedIssuers } from '#lib/management/trusted-issuers/list.ts'
import { keysIn } from './client.ts'
import { type Command, text, texts, UsageError } from './command.ts'
import { list, moment, table } from './output.ts'

const KINDS = ['subject-token', 'id-jag', 'workload'] as const

const create: Command = {
  usage: `--project SLUG --kind subject-token|id-jag|workload --issuer URL (--jwks-uri URL | --jwks FILE) [--audience TEXT]
      [--rule '{"claims":{"sub":"…"},"scopes":["read"]}']… [--link-by-email on|off]`,
  summary: 'Trust somebody else to say who comes: users in token exchange, users by ID-JAG, or workloads',
  flags: {
    project: text,
    kind: text,
    issuer: text,
    'jwks-uri': text,
    jwks: text,
    audience: text,
    rule: texts,
    'link-by-email': text,
  },
  async run(flags) {
    const kind = flags.oneOf('kind', KINDS)
    if (!kind) throw new UsageError('--kind is missing')
    const keyFile = flags.optional('jwks')
    const input: CreateTrustedIssuerInput = {
      kind,
      issuer: flags.required('issuer'),
      jwksUri: flags.optional('jwks-uri'),
      jwks: keyFile === undefined ? undefined : keysIn(keyFile),
      audience: flags.optional('audience'),
      rules: flags.all('rule').map(ruleOf),
      linkByEmail: flags.onOff('link-by-email'),
    }
    const { id } = await createTrustedIssuer(await commandLineProject(flags.required('project')), input)
    return { data: { id, kind, issuer: input.issuer }, text: list({ 'Trusted issuer': id }) }
  },
}

const listAll: Command = {
  usage: '--project SLUG',
  summary: 'List whom a project trusts, and for what',
  flags: { project: text },
  async run(flags) {
    const issuers = await listTrustedIssuers(await commandLineProject(flags.required('project')))
    const rows = issuers.map((one) => [
      one.id,
      one.kind,
      one.issuer,
      one.jwksUri ?? 'kept here',
      `${one.rules.length}`,
      one.linkByEmail ? 'yes' : 'no',
      moment(one.createdAt),
    ])
    // As text: the names of claims are somebody else's, and must not become snake_case.
    const data = issuers.map((one) => ({ ...one, rules: JSON.stringify(one.rules) }))
    return { data, text: table(['ID', 'KIND', 'ISSUER', 'KEYS', 'RULES', 'BY E-MAIL', 'CREATED'], rows) }
  },
}

const remove: Command = {
  usage: '--project SLUG --id ID',
  summary: 'Trust it no longer; tokens of its workloads end at once',
  flags: { project: text, id: text },
  async run(flags) {
    const id = flags.required('id')
    await deleteTrustedIssuer(await commandLineProject(flags.required('project')), { id })
    return { data: { id }, text: `Deleted ${id}.` }
  },
}

/** What it must hold is the verb's to say. Throws `UsageError` for what is no JSON. */
function ruleOf(rule: string): NonNullable<CreateTrustedIssuerInput['rules']>[number] {
  try {
    return JSON.parse(rule) as NonNullable<CreateTrustedIssuerInput['rules']>[number]
  } catch {
    throw new UsageError(`--rule must be JSON: ${rule}`)
  }
}

export const trustedIssuerCommands = { 'trusted-issuer create': create, 'trusted-issuer list': listAll, 'trusted-issuer delete': remove }
