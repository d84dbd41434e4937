import type { ReactNode } from 'react'
import { addressOf, curlOf, type Values } from '#lib/oauth/reference/call.ts'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { CALLERS } from '#lib/oauth/reference/reference.ts'
import { FieldList } from '../site/field-list.tsx'
import { METHOD_TONES } from '../site/method-tones.ts'
import { Prose } from '../site/prose.tsx'
import { Badge } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { DOCS_ISSUER } from './docs-values.ts'
import { ErrorLink } from './error-link.tsx'

type EndpointEntryProps = {
  entry: Entry
  issuer: string
  /** For the braces of the example. */
  values: Values
  /** Below the errors, such as a way to try it. */
  children?: ReactNode
}

/** One thing that can be asked of an issuer; its id is a place a link can point to. */
export function EndpointEntry({ entry, issuer, values, children }: EndpointEntryProps) {
  const { id, title, methods, sources, summary, callers, fields, errors } = entry
  const place = entry.body === 'json' ? 'body' : entry.body
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="grid min-w-0 scroll-mt-16 gap-4 border-t py-7 lg:scroll-mt-6">
      <div className="grid min-w-0 gap-1.5">
        <h3 id={`${id}-title`} className="font-semibold text-[15px]">
          <a href={`#${id}`} className="rounded hover:underline">
            {title}
          </a>
        </h3>
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          {methods.map((method) => (
            <Badge key={method} tone={METHOD_TONES[method] ?? 'neutral'}>
              {method}
            </Badge>
          ))}
          <code className="wrap-anywhere min-w-0 font-mono text-[12.5px]">{addressOf(entry, issuer)}</code>
        </p>
        <p className="max-w-[76ch] text-[13.5px] text-ink-soft">
          <Prose text={summary} />
        </p>
      </div>
      <dl className="grid min-w-0 gap-x-6 gap-y-1.5 text-[13px] sm:grid-cols-[13rem_minmax(0,1fr)]">
        <Fact name="Who may call">
          {callers.map((caller, index) => (
            <span key={caller}>
              {index > 0 && '; or: '}
              <Prose text={CALLERS[caller]} />
            </span>
          ))}
        </Fact>
        <Fact name="From a script elsewhere">{entry.cors ? 'Yes: any origin, unless the project keeps a list' : 'No'}</Fact>
        {sources.length > 0 && (
          <Fact name="Source">
            <span className="flex flex-wrap gap-x-4">
              {sources.map(({ label, url }) => (
                <a key={url} href={url} rel="noreferrer" className="rounded text-accent underline underline-offset-4">
                  {label}
                </a>
              ))}
            </span>
          </Fact>
        )}
      </dl>
      <FieldList title="Parameters" fields={fields.map((field) => ({ ...field, note: field.required ? place : `${place}, optional` }))} />
      <CodeBlock title={`Call: ${title}`} code={curlOf(entry, issuer, values)} language="shell" wrap />
      <Shown entry={entry} issuer={issuer} />
      {errors.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
          <span className="text-ink-faint">Errors</span>
          {errors.map((code) => (
            <ErrorLink key={code} code={code} />
          ))}
        </p>
      )}
      {children}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 text-ink-soft max-sm:-mt-1">{children}</dd>
    </>
  )
}

/** The example's answer, with this issuer in the place of the example's. */
function Shown({ entry: { title, answer }, issuer }: Pick<EndpointEntryProps, 'entry' | 'issuer'>) {
  const text = answer.location ? `Location: ${answer.location}` : answer.body ? JSON.stringify(answer.body, null, 2) : ''
  const own = text.replaceAll(DOCS_ISSUER, issuer)
  if (own === '') return <p className="text-[13px] text-ink-soft">Answers {answer.status} without a body.</p>
  return <CodeBlock title={`Answer ${answer.status}: ${title}`} code={own} language={answer.location ? 'http' : 'json'} wrap />
}
