import { classNames } from '../ui/class-names.ts'
import { type Change, linesOf, type Mark } from './changes.ts'

/** Old and new of every field. Lists are compared item by item, so that one added address stands out among twenty. */
export function ChangeDiff({ changes }: { changes: readonly Change[] }) {
  return (
    <section aria-label="Changes" className="grid gap-3">
      <h3 className="font-medium text-[13px]">What changed</h3>
      {changes.map((change) => (
        <div key={change.field} className="min-w-0 overflow-hidden rounded-lg border">
          <p className="border-b bg-sunken px-3 py-1.5 font-mono text-[12px] text-ink-soft">{change.field}</p>
          <ul className="grid font-mono text-[12.5px]">
            {linesOf(change).map(({ mark, text }) => (
              <DiffLine key={`${mark}${text}`} mark={mark} text={text} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

const LOOKS: Record<Mark, string> = { '-': 'bg-bad-soft', '+': 'bg-good-soft', ' ': 'text-ink-soft' }
const SAID: Record<Mark, string> = { '-': 'Before: ', '+': 'After: ', ' ': 'Unchanged: ' }

function DiffLine({ mark, text }: { mark: Mark; text: string }) {
  return (
    <li className={classNames('grid grid-cols-[1rem_minmax(0,1fr)] gap-1 px-3 py-1', LOOKS[mark])}>
      <span aria-hidden className="select-none text-ink-soft">
        {mark}
      </span>
      <span className="wrap-anywhere whitespace-pre-wrap">
        <span className="sr-only">{SAID[mark]}</span>
        {text}
      </span>
    </li>
  )
}
