import type { ReferenceEntry, ReferenceField } from '#lib/management/api/reference.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Prose } from './prose.tsx'

const TONES: Readonly<Record<string, Tone>> = { GET: 'neutral', POST: 'good', PUT: 'warn', PATCH: 'warn', DELETE: 'bad' }

/** One operation of the reference; its id is a place a link can point to. */
export function ApiOperation({ entry }: { entry: ReferenceEntry }) {
  const { id, method, path, summary, description, fields, example, answer, statuses } = entry
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="grid min-w-0 scroll-mt-6 gap-4 border-t py-7">
      <div className="grid min-w-0 gap-1.5">
        <h3 id={`${id}-title`} className="font-semibold text-[15px]">
          <a href={`#${id}`} className="rounded hover:underline">
            {summary}
          </a>
        </h3>
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          <Badge tone={TONES[method] ?? 'neutral'}>{method}</Badge>
          <code className="wrap-anywhere min-w-0 font-mono text-[12.5px]">{path}</code>
        </p>
        <p className="text-[13px] text-ink-soft">
          <Prose text={description} /> <span className="text-ink-faint">Answers {statuses.join(', ')}.</span>
        </p>
      </div>
      <Fields title="Fields" fields={fields} />
      <CodeBlock title={`Call ${id}`} code={example} language="shell" wrap />
      <Fields title="Answer" fields={answer} />
    </article>
  )
}

function Fields({ title, fields }: { title: string; fields: readonly ReferenceField[] }) {
  if (fields.length === 0) return null
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[13px] text-ink-faint">{title}</h4>
      <dl className="grid min-w-0 gap-2 text-[13px]">
        {fields.map(({ name, place, type, required, words }) => (
          <div key={`${place} ${name}`} className="grid min-w-0 gap-x-6 gap-y-0.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
            <dt className="wrap-anywhere min-w-0">
              <code className="font-mono text-[12.5px]">{name}</code>
              {place !== 'answer' && <span className="ml-2 text-ink-faint text-xs">{required ? place : `${place}, optional`}</span>}
            </dt>
            <dd className="wrap-anywhere min-w-0 text-ink-soft">
              {words && (
                <>
                  <Prose text={words} />.{' '}
                </>
              )}
              <span className="text-ink-faint">{type}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
