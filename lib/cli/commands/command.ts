import type { ParseArgsConfig } from 'node:util'

/** One thing the command line can do: `npm run cli -- <name> [flags]`. */
export type Command = {
  /** Its flags as the usage text shows them. */
  readonly usage: string
  readonly summary: string
  readonly flags: NonNullable<ParseArgsConfig['options']>
  /** What a flag means, by its name; for the help of this one command. */
  readonly words?: Readonly<Record<string, string>>
  /** `tell`: what there is to say before the end. Null: that was all. */
  run(flags: Flags, tell: (output: Output) => void): Promise<Output | null>
}

/** `data` is what `--json` prints, its names in snake_case; `text` is for people. */
export type Output = { readonly data: object; readonly text: string }

/** The command was typed wrongly: exit status 2. */
export class UsageError extends Error {}

export const text = { type: 'string' } as const
export const texts = { type: 'string', multiple: true } as const
export const flag = { type: 'boolean' } as const

export type FlagValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

/** What was typed after the command's name. */
export class Flags {
  readonly #values: FlagValues

  constructor(values: FlagValues) {
    this.#values = values
  }

  optional(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  /** Throws `UsageError`. */
  required(name: string): string {
    const value = this.optional(name)
    if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
    return value
  }

  isSet(name: string): boolean {
    return this.#values[name] === true
  }

  all(name: string): string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }

  /** `on` or `off`. Throws `UsageError`. */
  onOff(name: string): boolean | undefined {
    const value = this.oneOf(name, ['on', 'off'])
    return value && value === 'on'
  }

  /** Throws `UsageError`. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.optional(name)
    const word = words.find((candidate) => candidate === value)
    if (value !== undefined && word === undefined) throw new UsageError(`--${name} must be one of: ${words.join(', ')}`)
    return word
  }

  /** Throws `UsageError`. */
  wholeNumber(name: string): number | undefined {
    const value = this.optional(name)
    if (value !== undefined && !/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} must be a whole number`)
    return value === undefined ? undefined : Number(value)
  }
}
