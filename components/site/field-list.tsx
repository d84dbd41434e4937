import { Prose } from './prose.tsx'

/** `note` stands beside the name: where it goes, whether it is optional. `words` is a sentence without its full stop. */
export type ListedField = { readonly name: string; readonly note?: string; readonly words: string | null; readonly type: string }

/** Parameters, or the members of an answer: name, meaning, type. */
export function FieldList({ title, fields }: { title: string; fields: readonly ListedField[] }) {
  if (fields.length === 0) return null
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[13px] text-ink-faint">{title}</h4>
      <dl className="grid min-w-0 gap-2 text-[13px]">
        {fields.map(({ name, note, words, type }) => (
          <div key={`${note} ${name}`} className="grid min-w-0 gap-x-6 gap-y-0.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
            <dt className="wrap-anywhere min-w-0">
              <code className="font-mono text-[12.5px]">{name}</code>
              {note && <span className="ml-2 text-ink-faint text-xs">{note}</span>}
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
