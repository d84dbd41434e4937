// `npm run cli -- <command>`: the verbs of lib/management for people and scripts that can reach the database.
import { parseArgs } from 'node:util'
import { closeDatabase } from '#lib/db/client.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { ManagementError } from '#lib/management/context.ts'
import { auditCommands } from './commands/audit.ts'
import { clientCommands } from './commands/client.ts'
import { type Command, Flags, type FlagValues, UsageError } from './commands/command.ts'
import { memberCommands } from './commands/member.ts'
import { json } from './commands/output.ts'
import { projectCommands } from './commands/project.ts'
import { secretCommands } from './commands/secret.ts'
import { trustedIssuerCommands } from './commands/trusted-issuer.ts'
import { userCommands } from './commands/user.ts'
import { webhookCommands } from './commands/webhook.ts'
import { errorText } from './error-text.ts'

const commands: Readonly<Record<string, Command>> = {
  ...projectCommands,
  ...clientCommands,
  ...userCommands,
  ...memberCommands,
  ...secretCommands,
  ...trustedIssuerCommands,
  ...webhookCommands,
  ...auditCommands,
}

process.exitCode = await main(process.argv.slice(2)).finally(closeDatabase)

/** Exit status: 0 done, 1 refused or failed, 2 typed wrongly. Results go to stdout, everything else to stderr. */
async function main(args: readonly string[]): Promise<number> {
  const [noun = '', verb = '', ...rest] = args
  if (args.includes('--help') || args.includes('-h') || noun === 'help') {
    console.log(usage(noun, verb))
    return 0
  }
  const command = Object.hasOwn(commands, `${noun} ${verb}`) ? commands[`${noun} ${verb}`] : undefined
  if (!command) {
    console.error(`${noun ? `No such command: ${noun} ${verb}`.trimEnd() : 'Which command?'}\n\n${usage(noun, '')}`)
    return 2
  }
  try {
    const { asJson, flags } = parseFlags(command, rest)
    const output = await command.run(flags)
    console.log(asJson ? json(output.data) : output.text)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usage(noun, verb)}`)
      return 2
    }
    console.error(refusal(error))
    return 1
  }
}

function parseFlags(command: Command, args: readonly string[]): { asJson: boolean; flags: Flags } {
  try {
    const values: FlagValues = parseArgs({ args: [...args], options: { ...command.flags, json: { type: 'boolean' } }, strict: true }).values
    return { asJson: values.json === true, flags: new Flags(values) }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function refusal(error: unknown): string {
  if (error instanceof ManagementError) {
    const fields = Object.entries(error.fields)
    return fields.length === 0 ? error.message : fields.map(([field, sentence]) => `${field}: ${sentence}`).join('\n')
  }
  if (error instanceof Unavailable) return `The database is unavailable\n${errorText(error.cause)}`
  if (error instanceof Error && error.message.startsWith('Configuration:')) return error.message
  return errorText(error)
}

/** Of the commands that fit what was typed; of all when none does. */
function usage(noun: string, verb: string): string {
  const names = Object.keys(commands)
  const fitting = names.filter((name) => name === `${noun} ${verb}`)
  const related = names.filter((name) => name.startsWith(`${noun} `))
  const shown = [fitting, related, names].find((some) => some.length > 0) ?? names
  const lines = shown.map((name) => `  ${name} ${commands[name]?.usage ?? ''}`.trimEnd().concat(`\n      ${commands[name]?.summary}`))
  return ['Usage: npm run cli -- <command> [flags] [--json]', '', ...lines].join('\n')
}
