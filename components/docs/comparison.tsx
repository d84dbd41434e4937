import type { Comparison as Rows } from './block.ts'
import { RichText } from './rich-text.tsx'

/** Side by side where there is room, one below the other where there is not. */
export function Comparison({ label, sides, rows }: Rows) {
  const [there, here] = sides
  return (
    <section aria-label={label} className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      <div
        aria-hidden
        className="hidden grid-cols-[10rem_1fr_1fr] gap-x-6 border-b bg-sunken px-5 py-2.5 font-medium text-ink-soft text-xs md:grid"
      >
        <span />
        <span>{there}</span>
        <span>{here}</span>
      </div>
      <ul>
        {rows.map(([topic, one, other]) => (
          <li
            key={topic}
            className="grid min-w-0 gap-x-6 gap-y-2 border-b px-5 py-3.5 text-[13.5px] last:border-b-0 md:grid-cols-[10rem_1fr_1fr]"
          >
            <p className="wrap-anywhere min-w-0 font-medium">
              <RichText text={topic} />
            </p>
            <Side name={there} text={one} />
            <Side name={here} text={other} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Side({ name, text }: { name: string; text: string }) {
  return (
    <div className="min-w-0">
      <p className="text-ink-faint text-xs md:sr-only">{name}</p>
      <p className="wrap-anywhere text-ink-soft">
        <RichText text={capitalised(text)} />
      </p>
    </div>
  )
}

/** But for code, which is spelt as it is spelt. */
const capitalised = (text: string): string => text.replace(/^\[?[a-z]/, (start) => start.toUpperCase())
