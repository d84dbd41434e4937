import { commandLineProject } from '#lib/management/command-line.ts'
import { createUser } from '#lib/management/users/create.ts'
import { setUserAttributes } from '#lib/management/users/set-attributes.ts'
import { verifyUserEmail } from '#lib/management/users/verify-email.ts'
import { type Command, text, UsageError } from './command.ts'
import { list } from './output.ts'

const create: Command = {
  usage: '--project SLUG --email EMAIL --password PASSWORD [--name NAME]',
  summary: "Make a user in the project's own pool",
  flags: { project: text, email: text, password: text, name: text },
  async run(flags) {
    const input = { email: flags.required('email'), password: flags.required('password'), name: flags.optional('name') }
    const user = await createUser(await commandLineProject(flags.required('project')), input)
    return { data: user, text: list({ 'User id': user.id }) }
  },
}

const verifyEmail: Command = {
  usage: '--project SLUG --user ID',
  summary: "Mark a user's e-mail address as theirs: clients that may see it are told so",
  flags: { project: text, user: text },
  async run(flags) {
    const userId = flags.required('user')
    await verifyUserEmail(await commandLineProject(flags.required('project')), { userId })
    return { data: { userId, emailVerified: true }, text: `The e-mail address of ${userId} is verified.` }
  },
}

const setAttributes: Command = {
  usage: `--project SLUG --user ID --attributes '{"plan":"pro"}'`,
  summary: 'Put these attributes in place of what is known of a user; custom claims are made of them',
  flags: { project: text, user: text, attributes: text },
  async run(flags) {
    const userId = flags.required('user')
    const attributes = objectIn(flags.required('attributes'))
    await setUserAttributes(await commandLineProject(flags.required('project')), { userId, attributes })
    return { data: { userId, attributes }, text: `The attributes of ${userId} are set.` }
  },
}

function objectIn(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // said below
  }
  throw new UsageError('--attributes must be a JSON object')
}

export const userCommands = { 'user create': create, 'user verify-email': verifyEmail, 'user set-attributes': setAttributes }
