import type { Profile } from './profile.ts'
import type { Fetch, Members, Wire } from './wire.ts'

export type Credentials = { readonly clientId: string; readonly clientSecret: string | null }

/** What a run is given from outside. */
export type RunOptions = {
  readonly issuer: string
  /** URL of the MCP server, which the client asks first; null: it starts at the issuer and names no resource. */
  readonly resource: string | null
  readonly fetch: Fetch
  /** A person: opens the URL, signs in and allows. Answers how the browser was sent back to the client. */
  readonly approve: (authorizationUrl: string) => Promise<{ readonly status: number; readonly location: string }>
  /** Puts a document of the client where the issuer can read it, and answers its URL. */
  readonly publish?: (path: string, document: (url: string) => object) => Promise<string>
  /** The client's clock, in seconds since the epoch; without, this machine's. */
  readonly now?: () => number
  /** For a client that the operator makes by hand. */
  readonly predefine?: (wanted: { readonly redirectUri: string; readonly method: string }) => Promise<Credentials>
  /** For a project whose registration is guarded. */
  readonly registrationSecret?: string
}

/** What every step of one run shares. */
export type Run = {
  readonly profile: Profile
  readonly options: RunOptions
  readonly wire: Wire
  readonly redirectUri: string
}

/** What the MCP server said of itself, when it was asked. */
export type Resource = {
  /** As its metadata spells it. */
  readonly identifier: string | null
  readonly challenged: readonly string[]
  readonly supported: readonly string[]
}

/** Who the client is from now on, and how it proves that. */
export type ClientIdentity = Credentials & {
  /** As registered. */
  readonly method: string
  readonly scope: readonly string[]
  readonly prove: ((audience: string) => Promise<string>) | null
}

/** The issuer's metadata, checked as the client checks it. */
export type Metadata = Members
