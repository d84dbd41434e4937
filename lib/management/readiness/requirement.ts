import type { ServerCheck } from '../checks/inputs.ts'
import type { ProjectDetails } from '../projects/get.ts'
import type { Connections } from './connections.ts'

/** What a project says of itself, all of it its own. */
export type ReadinessFacts = {
  readonly issuer: string
  /** What its metadata document says now (RFC 8414). */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly project: Pick<ProjectDetails, 'settings' | 'resources' | 'scopes' | 'reviewer'>
  readonly connections: Connections
  readonly now: Date
}

/** `unseen`: on the MCP server, where only its owner or a check can look. */
export type RequirementState = 'ready' | 'needs-you' | 'unseen'

export type Requirement = {
  readonly id: string
  readonly group: 'Authorization' | 'Connections' | 'Your project' | 'Your server'
  readonly title: string
  readonly state: RequirementState
  /** One sentence. */
  readonly why: string
  /** The setting or fact that decides it. */
  readonly evidence: string | null
  /** Where it is changed, below the project's pages. */
  readonly mend: string | null
  /** What shows it: a check of the MCP server, or a look at the issuer. */
  readonly check: ServerCheck | 'issuer' | null
}

/** What became of one look. */
export type Judged = Pick<Requirement, 'why'> & { readonly isReady: boolean; readonly evidence: string }

export type Rule = Pick<Requirement, 'id' | 'group' | 'title' | 'mend'> & { readonly judge: (facts: ReadinessFacts) => Judged }
