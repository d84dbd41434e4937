export type Step =
  | 'challenge'
  | 'resource-metadata'
  | 'metadata'
  | 'probe'
  | 'preflight'
  | 'document'
  | 'register'
  | 'authorize'
  | 'callback'
  | 'token'
  | 'refresh'
  | 'revoke'

/** One line of a run. Codes, tokens and secrets are in none of its texts. */
export type TraceStep = {
  readonly step: Step
  /** Method and URL; empty for a step that sends nothing. */
  readonly request: string
  readonly status: number | null
  /** `noted`: not what was hoped for, and the client goes on. */
  readonly verdict: 'passed' | 'failed' | 'noted'
  readonly note: string
}

/** The client gives up here, and why, in a sentence for the developer. */
export class ProfileFailure extends Error {
  readonly step: Step
  readonly profile: string

  constructor(profile: string, step: Step, why: string) {
    super(`${profile} gives up at ${step}: ${why}`)
    this.name = 'ProfileFailure'
    this.profile = profile
    this.step = step
  }
}

/** Parameters whose values may be read by whoever reads a trace. */
const OPEN = new Set(['response_type', 'client_id', 'redirect_uri', 'scope', 'resource', 'prompt', 'code_challenge_method', 'iss', 'error'])

/** A URL without the values that are secret. */
export function shownUrl(url: string): string {
  const [address = '', query] = url.split('?', 2)
  if (!query) return address
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${OPEN.has(name) ? value : '…'}`)
  return `${address}?${parameters.join('&')}`
}
