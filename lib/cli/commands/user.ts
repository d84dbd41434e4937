import { commandLineProject } from '#lib/management/command-line.ts'
import { createUser } from '#lib/management/users/create.ts'
import { type Command, text } from './command.ts'
import { list } from './output.ts'

const create: Command = {
  usage: '--project SLUG --email EMAIL --password PASSWORD [--name NAME]',
  summary: "Makes a user in the project's own pool",
  flags: { project: text, email: text, password: text, name: text },
  async run(flags) {
    const input = { email: flags.required('email'), password: flags.required('password'), name: flags.optional('name') }
    const user = await createUser(await commandLineProject(flags.required('project')), input)
    return { data: user, text: list({ 'User id': user.id }) }
  },
}

export const userCommands = { 'user create': create }
