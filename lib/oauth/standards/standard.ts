import type { Issuer } from '../context.ts'

/** A test of ours: a file from the root of the repository, and the beginning of a title in it. */
export type Witness = { readonly file: string; readonly test: string }

/** What we do of a standard, section by section. */
export type Part = { readonly section: string; readonly says: string; readonly witness: Witness }

/** A switch of a project on which a standard depends; `off` is its value when nothing of the standard is done. */
export type StandardSwitch = { readonly setting: keyof Issuer; readonly off: Issuer[keyof Issuer] }

export type Standard = {
  readonly id: string
  /** As people cite it. */
  readonly name: string
  readonly title: string
  readonly url: string
  /** `whole`: every requirement for an authorization server. `parts`: those named. `none`: nothing, and why stands in `leaves`. */
  readonly status: 'whole' | 'parts' | 'none'
  readonly does: readonly Part[]
  /** What is left out, with the reason, a sentence each. */
  readonly leaves: readonly string[]
  /** Null: it cannot be switched off. */
  readonly switch: StandardSwitch | null
}

export type StandardGroup = { readonly id: string; readonly title: string; readonly standards: readonly Standard[] }

/** Of the black-box tests, by the name of the file. */
export const conformance = (file: string, test: string): Witness => ({ file: `lib/oauth/conformance/${file}.test.ts`, test })

/** Of the tests beside one rule of the protocol. */
export const unit = (file: string, test: string): Witness => ({ file: `lib/oauth/${file}.test.ts`, test })

/** An entry of the compatibility list, which is a test by that title. */
export const quirk = (test: string): Witness => ({ file: 'lib/oauth/quirks.ts', test })

export const part = (section: string, says: string, witness: Witness): Part => ({ section, says, witness })

export const rfc = (number: number): string => `https://www.rfc-editor.org/rfc/rfc${number}`
