import type { ReferenceEntry, ReferenceField } from '#lib/management/api/reference.ts'
import { Badge } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { FieldList, type ListedField } from './field-list.tsx'
import { METHOD_TONES } from './method-tones.ts'
import { Prose } from './prose.tsx'

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
          <Badge tone={METHOD_TONES[method] ?? 'neutral'}>{method}</Badge>
          <code className="wrap-anywhere min-w-0 font-mono text-[12.5px]">{path}</code>
        </p>
        <p className="text-[13px] text-ink-soft">
          <Prose text={description} /> <span className="text-ink-faint">Answers {statuses.join(', ')}.</span>
        </p>
      </div>
      <FieldList title="Fields" fields={listed(fields)} />
      <CodeBlock title={`Call ${id}`} code={example} language="shell" wrap />
      <FieldList title="Answer" fields={listed(answer)} />
    </article>
  )
}

const listed = (fields: readonly ReferenceField[]): ListedField[] =>
  fields.map(({ name, place, type, required, words }) => ({
    ...{ name, words, type },
    ...(place === 'answer' ? {} : { note: required ? place : `${place}, optional` }),
  }))
