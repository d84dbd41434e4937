import { expect, it } from 'vitest'
import type { Requirement } from '#lib/management/readiness/requirement.ts'
import { readinessReport } from './report.ts'

const requirement = (fields: Partial<Requirement>): Requirement => ({
  ...{ id: 'a', group: 'Your project', title: 'A thing', state: 'ready', why: 'It is there.', evidence: 'fact', mend: null, check: null },
  ...fields,
})
const facts = { name: 'Notes', issuer: 'https://auth.example.com/p/notes', resource: 'https://mcp.example.com/mcp', at: new Date(0) }

it('lists each requirement with its state and evidence, and counts those that are ready', () => {
  const requirements = [requirement({}), requirement({ title: 'Another', state: 'needs-you', evidence: null })]
  expect(readinessReport({ ...facts, requirements })).toBe(`# Directory readiness of Notes

- MCP server: https://mcp.example.com/mcp
- Issuer: https://auth.example.com/p/notes
- 1 of 2 ready, at 1970-01-01T00:00:00.000Z

| Requirement | State | Why | Evidence |
| --- | --- | --- | --- |
| A thing | Ready | It is there. | fact |
| Another | Needs you | It is there. |  |
`)
})

it('lets no name end its cell, begin another line, or become a link', () => {
  const report = readinessReport({
    ...facts,
    name: 'No\n# tes',
    requirements: [requirement({ evidence: 'x | y\n| [z](https://evil.example) <b>' })],
  })
  expect(report).toContain('| A thing | Ready | It is there. | x \\| y \\| \\[z\\](https://evil.example) \\<b\\> |\n')
  expect(report.split('\n')[0]).toBe('# Directory readiness of No # tes')
})
