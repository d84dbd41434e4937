import { AUTHORIZATION_RULES } from './authorization-rules.ts'
import { FAMILIES } from './families.ts'
import { PROJECT_RULES } from './project-rules.ts'
import type { ReadinessFacts, Requirement, Rule } from './requirement.ts'

const CONNECTION_RULES: readonly Rule[] = FAMILIES.map(
  (family): Rule => ({
    ...{ id: `connected-${family.id}`, group: 'Connections', title: `${family.name} has connected`, mend: '/quick-start#clients' },
    judge: ({ connections }) => {
      const connection = connections[family.id]
      return {
        isReady: connection !== null,
        why: connection
          ? 'Somebody signed in there, and it got a token.'
          : `Connect it once yourself: nobody has come from ${family.name} yet.`,
        evidence: connection ? `${connection.name}, first token ${connection.at.toISOString().slice(0, 10)}` : 'No token so far',
      }
    },
  }),
)

/** What a directory looks at on the MCP server itself. */
const UNSEEN: readonly Omit<Requirement, 'state' | 'evidence'>[] = [
  {
    ...{ id: 'server-challenge', group: 'Your server', title: 'It asks for a token', mend: null, check: 'challenge' },
    why: 'Without one it answers 401, with a header that names its metadata.',
  },
  {
    ...{ id: 'server-metadata', group: 'Your server', title: 'Its metadata names this issuer', mend: null, check: 'metadata' },
    why: 'Byte for byte, at both addresses.',
  },
  {
    ...{ id: 'issuer-reachable', group: 'Your server', title: 'The issuer answers on the internet', mend: null, check: 'issuer' },
    why: 'No firewall or bot protection stands between hosted clients and this issuer.',
  },
  {
    ...{ id: 'tool-hints', group: 'Your server', title: 'Tools say what they do', mend: null, check: null },
    why: 'Each has a title, and readOnlyHint or destructiveHint: look at what tools/list answers.',
  },
]

/** In the order in which they are read: what is decided here, then what only the owner can look at. */
export const requirementsOf = (facts: ReadinessFacts): Requirement[] => [
  ...[...AUTHORIZATION_RULES, ...PROJECT_RULES, ...CONNECTION_RULES].map(({ judge, ...rule }): Requirement => {
    const { isReady, why, evidence } = judge(facts)
    return { ...rule, state: isReady ? 'ready' : 'needs-you', why, evidence, check: null }
  }),
  ...UNSEEN.map((rule): Requirement => ({ ...rule, state: 'unseen', evidence: null })),
]
