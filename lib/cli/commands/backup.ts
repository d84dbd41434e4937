import path from 'node:path'
import { checkBackup } from '../backup/read.ts'
import { restoreBackup } from '../backup/restore.ts'
import { writeBackup } from '../backup/write.ts'
import { type Command, flag, type Output, text, UsageError } from './command.ts'
import { list, moment } from './output.ts'

const KEEP = 'Keep KEY_ENCRYPTION_KEY and TOKEN_PEPPER as well, and apart from it: without them no key signs and no refresh token lives.'

type Contents = { readonly migration: string; readonly madeAt: string; readonly tables: readonly { name: string; rows: number }[] }

const backup: Command = {
  usage: '--to FILE [--force] | --check FILE',
  summary: 'Write every row of the database into a file, while servers go on; or tell whether such a file is whole',
  flags: { to: text, check: text, force: flag },
  async run(flags) {
    const checked = flags.optional('check')
    if (checked !== undefined && flags.optional('to') !== undefined) throw new UsageError('--to or --check, not both')
    if (checked !== undefined) return told(checked, await checkBackup(checked), 'The file is whole.')
    const file = path.resolve(flags.required('to'))
    const written = await writeBackup(file, { force: flags.isSet('force') })
    return told(file, written, KEEP)
  },
}

const restore: Command = {
  usage: '--from FILE',
  summary: 'Put a backup into an empty database of the same migration: all of it, or nothing',
  flags: { from: text },
  async run(flags) {
    const file = flags.required('from')
    const restored = await restoreBackup(file)
    const others = restored.otherSecrets.map((name) => `${name} here is not the one it was made with: set that one before you start.`)
    const output = told(file, restored, [...others, 'Start the servers anew: they must not answer from what they remember.'].join('\n'))
    return { ...output, data: { ...output.data, otherSecrets: restored.otherSecrets } }
  },
}

function told(file: string, { migration, madeAt, tables, ...more }: Contents & { bytes?: number }, words: string): Output {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const size = more.bytes === undefined ? {} : { Size: `${more.bytes} bytes` }
  const lines = { File: file, ...size, Made: moment(new Date(madeAt)), Migration: migration, Tables: `${tables.length}`, Rows: `${rows}` }
  const data = { file, ...(more.bytes === undefined ? {} : { bytes: more.bytes }), madeAt, migration }
  return { data: { ...data, tables: tables.map(({ name, rows }) => ({ name, rows })) }, text: `${list(lines)}\n${words}` }
}

export const backupCommands = { backup, restore }
