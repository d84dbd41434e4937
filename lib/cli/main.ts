// `npm run cli -- <command>`: the verbs of lib/management for people and scripts that can reach the database.
import { parseArgs } from 'node:util'
import { closeDatabase } from '#lib/db/client.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { ManagementError } from '#lib/management/context.ts'
import { auditCommands } from './commands/audit.ts'
import { backupCommands } from './commands/backup.ts'
import { clientCommands } from './commands/client.ts'
import { type Command, Flags, type FlagValues, type Output, UsageError } from './commands/command.ts'
import { memberCommands } from './commands/member.ts'
import { json, list } from './commands/output.ts'
import { projectCommands } from './commands/project.ts'
import { secretCommands } from './commands/secret.ts'
import { trustedIssuerCommands } from './commands/trusted-issuer.ts'
import { userCommands } from './commands/user.ts'
import { webhookCommands } from './commands/webhook.ts'
import { errorText } from './error-text.ts'
import { Refusal } from './refusal.mjs'

type Commands = Readonly<Record<string, Command>>

const quick: Commands = {
  ...projectCommands,
  ...clientCommands,
  ...userCommands,
  ...memberCommands,
  ...secretCommands,
  ...trustedIssuerCommands,
  ...webhookCommands,
  ...auditCommands,
  ...backupCommands,
}

process.exitCode = await main(process.argv.slice(2)).finally(closeDatabase)

/** Exit status: 0 done, 1 refused or failed, 2 typed wrongly. Results go to stdout, everything else to stderr. */
async function main(args: readonly string[]): Promise<number> {
  const [noun = '', verb = ''] = args
  const wantsHelp = args.includes('--help') || args.includes('-h') || noun === 'help'
  const commands = nameIn(quick, args) && !wantsHelp ? quick : await everyCommand()
  const name = nameIn(commands, args) ?? ''
  if (wantsHelp) {
    console.log(usage(commands, name || noun))
    return 0
  }
  const command = commands[name]
  if (!command) {
    console.error(`${noun ? `No such command: ${noun} ${verb}`.trimEnd() : 'Which command?'}\n\n${usage(commands, noun)}`)
    return 2
  }
  try {
    const { asJson, flags } = parseFlags(command, args.slice(name.split(' ').length))
    const tell = (output: Output): void => console.log(asJson ? json(output.data) : output.text)
    const output = await command.run(flags, tell)
    if (output) tell(output)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usage(commands, name)}`)
      return 2
    }
    console.error(refusal(error))
    return 1
  }
}

/** The longest name of a command that was typed. */
function nameIn(commands: Commands, [noun = '', verb = '']: readonly string[]): string | undefined {
  return [`${noun} ${verb}`, noun].find((each) => Object.hasOwn(commands, each))
}

/** Those of one noun together, as help lists them. The second half takes as long to load as the first: not before it is typed. */
async function everyCommand(): Promise<Commands> {
  const { operationCommands } = await import('./commands/of-operations.ts')
  const given = { ...quick, ...operationCommands }
  const nouns = [...new Set(Object.keys(given).map(nounOf))]
  return Object.fromEntries(nouns.flatMap((noun) => Object.entries(given).filter(([name]) => nounOf(name) === noun)))
}

function nounOf(name: string): string {
  return name.split(' ', 1)[0] ?? name
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
  if (error instanceof Refusal) return error.message
  if (error instanceof Unavailable) return `The database is unavailable\n${errorText(error.cause)}`
  if (error instanceof Error && error.message.startsWith('Configuration:')) return error.message
  return errorText(error)
}

/** Of the command or the noun that was typed; of all when there is no such thing. */
function usage(commands: Commands, typed: string): string {
  const names = Object.keys(commands)
  const shown = [names.filter((name) => name === typed), names.filter((name) => nounOf(name) === nounOf(typed)), names].find(
    (some) => some.length > 0,
  )
  const lines = (shown ?? []).map((name) =>
    `  ${name} ${commands[name]?.usage ?? ''}`.trimEnd().concat(`\n      ${commands[name]?.summary}`),
  )
  const words = shown?.length === 1 ? Object.entries(commands[shown[0] ?? '']?.words ?? {}) : []
  const meanings = words.length === 0 ? [] : ['', list(Object.fromEntries(words.map(([name, meaning]) => [`  --${name}`, meaning])))]
  return ['Usage: npm run cli -- <command> [flags] [--json]', '', ...lines, ...meanings].join('\n')
}
