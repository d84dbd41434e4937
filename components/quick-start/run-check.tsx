'use client'

import { Play } from 'lucide-react'
import type { CheckResult, ShownAnswer } from '#lib/management/checks/run.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'
import { askIssuer, askRegistration } from './issuer-checks.ts'

/** Asks now, and says whether the answer is right. `title` is that of the check. */
export function RunCheck({ title, action }: { title: string; action: FormAction<CheckResult> }) {
  const form = useForm(action)
  const result = form.state.kind === 'done' ? form.state.value : null
  const words = result ? 'Run again' : 'Run'
  return (
    <form {...form.props} className="grid min-w-0 gap-2">
      <Button type="submit" tone="secondary" size="sm" pending={form.pending} className="w-fit" aria-label={`${words}: ${title}`}>
        <Play aria-hidden />
        {words}
      </Button>
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <div role="status" aria-label={`Answer: ${title}`}>
        {result && <VerdictLine result={result} />}
      </div>
      {result?.answers.map((answer) => (
        <div key={answer.url} className="max-h-72 overflow-y-auto rounded-lg">
          <CodeBlock title={`${title}: what came back from ${answer.url}`} code={textOf(answer)} language="http" wrap />
        </div>
      ))}
    </form>
  )
}

type Mode = 'guarded' | 'open' | 'off'
type RunHereProps = { title: string; issuer: string; of: { readonly id: 'issuer' } | { readonly id: 'registration'; readonly mode: Mode } }

/** The same by this browser, for the issuer: it is where the page came from. */
export function RunHere({ title, issuer, of }: RunHereProps) {
  const ask = () => (of.id === 'issuer' ? askIssuer(issuer) : askRegistration(issuer, of.mode))
  return <RunCheck title={title} action={async () => ({ kind: 'done', value: await ask() })} />
}

const VERDICTS: Readonly<Record<CheckResult['verdict'], readonly [Tone, string]>> = {
  right: ['good', 'Right'],
  unsure: ['warn', 'Not sure'],
  wrong: ['bad', 'Wrong'],
}

function VerdictLine({ result: { verdict, words } }: { result: CheckResult }) {
  const [tone, name] = VERDICTS[verdict]
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1 text-[13px]">
      <Badge tone={tone} dot>
        {name}
      </Badge>
      <span className="wrap-anywhere min-w-0 flex-1 basis-64">{words}</span>
    </p>
  )
}

/** As curl -i would have shown it. */
function textOf({ method, url, status, headers, body }: ShownAnswer): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url}`, status === null ? 'no answer' : `HTTP ${status}`, ...lines, ...(body ? ['', body] : [])].join('\n')
}
