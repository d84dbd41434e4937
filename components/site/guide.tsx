import { CodeBlock } from '../ui/code-block.tsx'
import type { Language } from '../ui/paint-code.tsx'
import { Prose } from './prose.tsx'

export type GuideSection = {
  readonly id: string
  readonly title: string
  /** Paragraphs. What stands between backticks is code. */
  readonly words: readonly string[]
  readonly code?: readonly { readonly title: string; readonly code: string; readonly language?: Language }[]
  readonly points?: readonly string[]
}

/** A section with an anchor: paragraphs, then what to type, then what to know besides. */
export function Guide({ section: { id, title, words, code = [], points = [] } }: { section: GuideSection }) {
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-4">
      <h2 id={id} className="scroll-mt-6 font-semibold text-[19px] tracking-[-0.02em]">
        {title}
      </h2>
      {words.map((paragraph) => (
        <p key={paragraph} className="max-w-[72ch] text-[15px] text-ink-soft leading-relaxed">
          <Prose text={paragraph} />
        </p>
      ))}
      {code.map((block) => (
        <CodeBlock key={block.title} {...block} />
      ))}
      {points.length > 0 && (
        <ul className="grid max-w-[72ch] list-disc gap-1.5 pl-5 text-[14px] text-ink-soft leading-relaxed">
          {points.map((point) => (
            <li key={point}>
              <Prose text={point} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
