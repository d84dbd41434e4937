import type { Requirement } from '#lib/management/readiness/requirement.ts'
import { STATES } from './state-words.ts'

export type ReportFacts = {
  readonly name: string
  readonly issuer: string
  readonly resource: string | null
  readonly requirements: readonly Requirement[]
  readonly at: Date
}

/** As Markdown, for a submission or a colleague. Nothing in it is a secret. */
export function readinessReport({ name, issuer, resource, requirements, at }: ReportFacts): string {
  const ready = requirements.filter(({ state }) => state === 'ready').length
  const rows = requirements.map(({ title, state, why, evidence }) => [title, STATES[state][1], why, evidence ?? ''].map(cell).join(' | '))
  return [
    `# Directory readiness of ${line(name)}`,
    '',
    `- MCP server: ${resource ?? 'none'}`,
    `- Issuer: ${issuer}`,
    `- ${ready} of ${requirements.length} ready, at ${at.toISOString()}`,
    '',
    '| Requirement | State | Why | Evidence |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n')
}

const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Of a table: what somebody named must not end the cell, or become a link or a tag. */
const cell = (text: string): string => line(text).replace(/[\\|[\]<>`*_]/g, '\\$&')
