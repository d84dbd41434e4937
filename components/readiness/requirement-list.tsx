import { Check, CircleDashed, CircleDot } from 'lucide-react'
import Link from 'next/link'
import type { Requirement, RequirementState } from '#lib/management/readiness/requirement.ts'
import { CheckRun, type Runner } from '../quick-start/check-run.tsx'
import type { Check as ServerQuestion } from '../quick-start/checks.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { STATES } from './state-words.ts'

type RequirementListProps = {
  requirements: readonly Requirement[]
  /** Pages of the project begin so. */
  here: string
  /** Those of the quick start; none while there is no MCP server to ask. */
  questions: readonly ServerQuestion[]
  runner: Runner
}

/** One card per group, in the order in which the requirements come. */
export function RequirementList({ requirements, ...rest }: RequirementListProps) {
  const groups = [...new Set(requirements.map(({ group }) => group))]
  return groups.map((group) => (
    <Group key={group} group={group} requirements={requirements.filter((each) => each.group === group)} {...rest} />
  ))
}

function Group({ group, requirements, here, questions, runner }: RequirementListProps & { group: Requirement['group'] }) {
  const ready = requirements.filter(({ state }) => state === 'ready').length
  const isSeen = requirements.some(({ state }) => state !== 'unseen')
  return (
    <Card>
      <CardHeader title={group} description={WORDS[group]} action={isSeen && <Badge>{`${ready} of ${requirements.length}`}</Badge>} />
      <CardBody>
        <ul aria-label={group} className="grid min-w-0 divide-y">
          {requirements.map((requirement) => (
            <RequirementLine
              key={requirement.id}
              requirement={requirement}
              here={here}
              question={questions.find(({ id }) => id === requirement.check) ?? null}
              runner={runner}
            />
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

const WORDS: Readonly<Record<Requirement['group'], string>> = {
  Authorization: 'How clients get their tokens here.',
  'Your project': 'What you decide, and what people read.',
  Connections: 'A submission is judged by a connection that works.',
  'Your server': 'Only your server decides this: look at it, or run the check.',
}

const MARKS = { ready: Check, 'needs-you': CircleDot, unseen: CircleDashed } as const satisfies Record<RequirementState, unknown>
const LOOKS: Readonly<Record<RequirementState, string>> = { ready: 'text-good', 'needs-you': 'text-warn', unseen: 'text-ink-faint' }

type LineProps = { requirement: Requirement; here: string; question: ServerQuestion | null; runner: Runner }

function RequirementLine({ requirement: { title, state, why, evidence, mend }, here, question, runner }: LineProps) {
  const Mark = MARKS[state]
  const [tone, words] = STATES[state]
  return (
    <li className="grid min-w-0 grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 gap-y-1 py-3 text-[13px] first:pt-1">
      <Mark aria-hidden className={`mt-[3px] size-4 ${LOOKS[state]}`} />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{title}</h3>
        <Badge tone={tone}>{words}</Badge>
        {mend && (
          <Link
            href={`${here}${mend}`}
            aria-label={`${state === 'ready' ? 'Look' : 'Mend it'}: ${title}`}
            className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            {state === 'ready' ? 'Look' : 'Mend it'}
          </Link>
        )}
      </div>
      <div className="col-start-2 grid min-w-0 gap-2">
        <p className="max-w-[80ch] text-ink-soft">{why}</p>
        {evidence && <code className="wrap-anywhere font-mono text-[12px] text-ink-faint">{evidence}</code>}
        {question && (
          <>
            <CodeBlock title={question.title.replace(/^\d+\. /, '')} code={question.command} language="shell" wrap />
            <CheckRun check={question} runner={runner} />
          </>
        )}
      </div>
    </li>
  )
}
