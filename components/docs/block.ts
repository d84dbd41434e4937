import type { Language } from '../ui/paint-code.tsx'

/** What a value of a call may be. Text that begins with `$` is a variable of the reader's shell. */
type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** One request, shown as a line for curl and checked as what it is. */
export type Call = {
  readonly title: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Begins with a variable: `$ISSUER/api/oauth/token`. */
  readonly url: string
  /** Variables that hold the credential. */
  readonly bearer?: string
  readonly basic?: readonly [id: string, secret: string]
  readonly form?: Readonly<Record<string, string>>
  readonly json?: Readonly<Record<string, JsonValue>>
  /** Its members, with values that say what they are. Null: no body. */
  readonly answer: Readonly<Record<string, JsonValue>> | null
}

/** A paragraph is a text. In all texts `code` stands between backticks and a link is `[words](address)`. */
export type Block =
  | string
  | { readonly list: readonly string[] }
  | { readonly steps: readonly string[] }
  | { readonly code: string; readonly title: string; readonly language: Language }
  | { readonly call: Call }
  | { readonly compare: Comparison }

/** Rows of two answers to one question. */
export type Comparison = {
  /** What is compared, for who hears the page; then the two sides. */
  readonly label: string
  readonly sides: readonly [there: string, here: string]
  readonly rows: readonly (readonly [topic: string, there: string, here: string])[]
}

/** Its id is a place a link can point to. */
export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }

export type ArticleText = { readonly title: string; readonly lead: string; readonly sections: readonly Section[] }
