import { Check, Info, X } from 'lucide-react'
import type { TokenReport } from '#lib/management/tokens/check.ts'
import type { Finding } from '#lib/management/tokens/finding.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'

const KINDS: Readonly<Record<TokenReport['kind'], string>> = {
  'access-token': 'Access token',
  'id-token': 'ID token',
  other: 'Another kind of token',
}

/** The answer first, then why, then what stands in the token. */
export function ReportCards({ report, parts }: { report: TokenReport; parts: readonly string[] }) {
  return (
    <>
      <Card>
        <CardHeader title={answerOf(report)} description={reasonOf(report)} action={<Badge>{KINDS[report.kind]}</Badge>} />
        <CardBody>
          <p role="status" className="sr-only">
            {answerOf(report)}
          </p>
          <ul aria-label="Claim by claim" className="grid min-w-0 divide-y">
            {report.findings.map((finding) => (
              <FindingLine key={finding.claim} finding={finding} />
            ))}
          </ul>
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="What stands in it" description="Anybody who holds a token can read this; the signature says who wrote it." />
        <CardBody className="gap-4 lg:grid-cols-2">
          <CodeBlock title="Header" code={report.header} language="json" wrap />
          <CodeBlock title="Claims" code={report.claims} language="json" wrap />
        </CardBody>
        <details className="border-t px-5 py-3 text-[13px]">
          <summary className="w-fit rounded text-ink-soft hover:text-ink">The raw parts</summary>
          <RawParts parts={parts} />
        </details>
      </Card>
    </>
  )
}

function answerOf({ isOurs, isAccepted }: TokenReport): string {
  if (!isOurs) return 'Not one of this project’s'
  return isAccepted ? 'Your MCP server should accept it' : 'Your MCP server has to refuse it'
}

function reasonOf({ isOurs, isAccepted, findings }: TokenReport): string {
  if (!isOurs) return 'No key of this project signed it, so what it says is not looked up here. Your server has to refuse it.'
  if (isAccepted) return 'Each of these has to hold, and holds.'
  const wrong = findings.filter(({ verdict }) => verdict === 'bad').map(({ claim }) => claim)
  return `Because of ${wrong.join(', ')}.`
}

const MARKS = {
  good: { icon: Check, look: 'text-good', word: 'Right' },
  note: { icon: Info, look: 'text-ink-soft', word: 'Worth knowing' },
  bad: { icon: X, look: 'text-bad', word: 'Wrong' },
} as const

function FindingLine({ finding: { claim, value, verdict, words } }: { finding: Finding }) {
  const { icon: Icon, look, word } = MARKS[verdict]
  return (
    <li className="grid min-w-0 grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 gap-y-0.5 py-2.5 text-[13px] sm:grid-cols-[1.25rem_7.5rem_minmax(0,1fr)]">
      <Icon aria-hidden className={`mt-0.5 size-4 ${look}`} />
      <span className="font-medium">
        {claim}
        <span className="sr-only">: {word}</span>
      </span>
      <span className="col-start-2 grid min-w-0 gap-0.5 sm:col-start-3">
        {value !== null && <code className="wrap-anywhere font-mono text-[12.5px]">{value}</code>}
        <span className="wrap-anywhere text-ink-soft">{words}</span>
      </span>
    </li>
  )
}

const PARTS = ['Header', 'Claims', 'Signature'] as const

function RawParts({ parts }: { parts: readonly string[] }) {
  return (
    <dl className="mt-3 grid min-w-0 gap-3">
      {PARTS.map((name, index) => (
        <div key={name} className="grid min-w-0 gap-1">
          <dt className="text-ink-soft text-xs">{name}</dt>
          <dd className="break-all font-mono text-[12.5px]">{parts[index]}</dd>
        </div>
      ))}
    </dl>
  )
}
