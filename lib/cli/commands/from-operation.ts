import { FIELD_WORDS } from '#lib/management/api/field-words.ts'
import { inputShapeOf, type JsonSchema } from '#lib/management/api/input-shape.ts'
import { commandLineProject } from '#lib/management/command-line.ts'
import { ManagementError } from '#lib/management/context.ts'
import type { Operation } from '#lib/management/operation.ts'
import { type Command, type Flags, type Output, text, texts } from './command.ts'
import { list, moment, table } from './output.ts'

/** A row of an answer, or an answer. */
export type Row = Readonly<Record<string, unknown>>

/** What a flag is called where the field's own name is not what one would type. */
const FLAGS: Readonly<Record<string, string>> = {
  ...{ userId: 'user', clientId: 'client', grantId: 'grant', grantIds: 'grant', secretId: 'secret', kid: 'key', identifier: 'resource' },
  ...{ isRequired: 'required', isDefault: 'default' },
}

/** Paging is the command's own. */
const NOT_FLAGS = new Set(['cursor', 'take', 'after'])

const flagOf = (field: string): string => FLAGS[field] ?? field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

type Field = { readonly name: string; readonly flag: string; readonly schema: JsonSchema; readonly isRequired: boolean }

/** An operation of a project as it is typed: `--project` and a flag for each field. */
export type Typed = Required<Omit<Command, 'run'>> & {
  /** What was typed, as the verb takes it. Throws `UsageError`. */
  inputFrom(flags: Flags): Row
  readonly run: (project: string, input: Row) => Promise<unknown>
}

/** One of these operations. Throws when there is none of that name: it stands in our own code. */
export function typed(operations: readonly Operation[], id: string): Typed {
  const operation = operations.find((each) => each.id === id)
  if (operation?.of !== 'project') throw new Error(`no operation of a project: ${id}`)
  const fields = fieldsOf(operation)
  return {
    usage: ['--project SLUG', ...fields.map(usageOf)].join(' '),
    summary: operation.summary,
    flags: { project: text, ...Object.fromEntries(fields.map(({ flag, schema }) => [flag, schema.type === 'array' ? texts : text])) },
    words: Object.fromEntries(
      fields.map(({ name, flag, schema }) => [flag, wordsOf(name, schema).join('; ')]).filter(([, words]) => words),
    ),
    inputFrom: (flags) => Object.fromEntries(fields.map((field) => [field.name, typedIn(field, flags)])),
    run: async (project, input) => {
      const ctx = await commandLineProject(project)
      return operation.run(ctx, input).catch((error: unknown) => {
        throw error instanceof ManagementError ? inFlags(error) : error
      })
    },
  }
}

/** Names what was typed, not the verb's own field. */
function inFlags({ code, message, fields }: ManagementError): ManagementError {
  return new ManagementError(code, message, {
    fields: Object.fromEntries(Object.entries(fields).map(([path, words]) => [flagOf(path.split('.', 1)[0] ?? path), words])),
  })
}

function fieldsOf(operation: Operation): Field[] {
  const { path, fields, required } = inputShapeOf(operation)
  const needed = new Set([...Object.keys(path), ...required])
  return Object.entries({ ...path, ...fields })
    .filter(([name]) => !NOT_FLAGS.has(name))
    .map(([name, schema]) => ({ name, flag: flagOf(name), schema, isRequired: needed.has(name) }))
}

function usageOf({ flag, schema, isRequired }: Field): string {
  const words = `--${flag} ${kindOf(schema, flag)}${schema.type === 'array' ? '…' : ''}`
  return isRequired ? words : `[${words}]`
}

/** More words than these stand in the help of the one command. */
const MAX_CHOICES = 4

function kindOf({ enum: choices, type }: JsonSchema, flag: string): string {
  if (Array.isArray(choices) && choices.length <= MAX_CHOICES) return choices.join('|')
  if (type === 'boolean') return 'on|off'
  if (/^(from|to)$/.test(flag)) return 'TIME'
  return /^(user|client|grant|secret|key|request)$/.test(flag) ? 'ID' : flag.toUpperCase()
}

function wordsOf(name: string, { description, enum: choices }: JsonSchema): string[] {
  const words = typeof description === 'string' ? description : FIELD_WORDS[name]
  const known = Array.isArray(choices) && choices.length > MAX_CHOICES ? [`one of ${choices.join(', ')}`] : []
  return [...(words === undefined ? [] : [words]), ...known]
}

function typedIn({ flag, schema, isRequired }: Field, flags: Flags): unknown {
  if (schema.type === 'array') return isRequired && flags.all(flag).length === 0 ? [flags.required(flag)] : flags.all(flag)
  if (isRequired) flags.required(flag)
  if (schema.type === 'boolean') return flags.onOff(flag)
  return flags.optional(flag)
}

/** A heading, and the field below it or what is made of the row. */
export type Columns = Readonly<Record<string, string | ((row: Row) => unknown)>>

const MAX_ROWS = 10_000

/** A list below `key` of the answer: all of it, or the first `--limit` rows; `usual` when none is given. */
export function listing(operations: readonly Operation[], id: string, key: string, columns: Columns, usual = MAX_ROWS): Command {
  const { run, inputFrom, ...described } = typed(operations, id)
  return {
    ...described,
    usage: `${described.usage} [--limit N]`,
    flags: { ...described.flags, limit: text },
    words: { ...described.words, limit: `Rows at most; ${usual} unless given` },
    async run(flags) {
      const limit = Math.min(flags.wholeNumber('limit') ?? usual, MAX_ROWS)
      const input = inputFrom(flags)
      const rows: Row[] = []
      let cursor: unknown
      do {
        const page = (await run(flags.required('project'), { ...input, cursor, take: 100 })) as Row
        rows.push(...(page[key] as Row[]))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined && rows.length < limit)
      const shown = rows.slice(0, limit)
      return { data: shown, text: table(Object.keys(columns), shown.map(lineOf(columns))) }
    },
  }
}

/** The cells of a row. */
export const lineOf =
  (columns: Columns) =>
  (row: Row): string[] =>
    Object.values(columns).map((column) => cell(typeof column === 'string' ? fieldIn(row, column) : column(row)))

/** Throws for a field that no row has: the column stands in our own code. */
function fieldIn(row: Row, name: string): unknown {
  if (!Object.hasOwn(row, name)) throw new Error(`rows have no ${name}`)
  return row[name]
}

/** One thing, a line for each field. What stands below `foreign` has names that are somebody else's: JSON gets it as text. */
export function showing(operations: readonly Operation[], id: string, foreign: readonly string[] = []): Command {
  const { run, inputFrom, ...described } = typed(operations, id)
  return {
    ...described,
    async run(flags) {
      const found = (await run(flags.required('project'), inputFrom(flags))) as Row
      const kept = Object.fromEntries(foreign.map((name) => [name, JSON.stringify(found[name])]))
      return { data: { ...found, ...kept }, text: list(linesOf({ ...found, ...kept })) }
    },
  }
}

/** A change. `said` is what people read of it; JSON has what was typed, and the answer. */
export function acting(operations: readonly Operation[], id: string, said: (input: Row, answer: Row) => string): Command {
  const { run, inputFrom, ...described } = typed(operations, id)
  return {
    ...described,
    async run(flags): Promise<Output> {
      const input = inputFrom(flags)
      const answer = ((await run(flags.required('project'), input)) ?? {}) as Row
      return { data: { ...input, ...answer }, text: said(input, answer) }
    },
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (value instanceof Date) return moment(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return value.length === 0 ? '–' : value.map((item) => cell(item)).join(', ')
}

/** Of settings and the like a line for each, as `settings.name`. */
function linesOf(thing: Row, above = ''): Record<string, string> {
  const lines = Object.entries(thing).flatMap(([name, value]) =>
    isPlain(value) ? Object.entries(linesOf(value, `${above}${name}.`)) : [[`${above}${name}`, cell(value)]],
  )
  return Object.fromEntries(lines)
}

const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
