import { ErrorLink } from '../docs/error-link.tsx'
import { Badge } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Answer } from './send.ts'

/** What came back; null: nothing that this page could read. */
export function AnswerView({ title, answer }: { title: string; answer: Answer | null }) {
  if (!answer) {
    return (
      <Notice tone="bad" title="No answer">
        The issuer does not answer, or this page may not read what it says. Load the page again, or use the command above.
      </Notice>
    )
  }
  const { status, milliseconds, headers, text, body } = answer
  return (
    <div className="grid min-w-0 gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
        <Badge tone={status < 400 ? 'good' : 'bad'}>{status}</Badge>
        <span className="text-ink-soft tabular-nums">{milliseconds} ms</span>
        {typeof body?.error === 'string' && <ErrorLink code={body.error} />}
      </p>
      <dl className="grid min-w-0 gap-x-4 gap-y-1 text-xs sm:grid-cols-[10rem_minmax(0,1fr)]">
        {headers.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-ink-faint">{name}</dt>
            <dd className="wrap-anywhere min-w-0 font-mono text-ink-soft max-sm:-mt-1">{value}</dd>
          </div>
        ))}
      </dl>
      {text === '' ? (
        <p className="text-[13px] text-ink-soft">There is no body.</p>
      ) : (
        <CodeBlock title={`What came back: ${title}`} code={text} language={body ? 'json' : 'text'} wrap />
      )}
    </div>
  )
}
