import { Blocks } from './article.tsx'
import type { Question as QuestionText } from './questions.ts'
import { RichText } from './rich-text.tsx'

/** One question with its answer, the short one first; its id is a place a link can point to. */
export function Question({ question }: { question: QuestionText }) {
  const { id, asks, answer, more } = question
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="grid min-w-0 scroll-mt-20 gap-3 border-t py-7">
      <h3 id={`${id}-title`} className="min-w-0 font-semibold text-[17px] tracking-[-0.015em]">
        <a href={`#${id}`} className="rounded hover:underline">
          <RichText text={asks} />
        </a>
      </h3>
      <p className="max-w-[72ch] leading-relaxed">
        <RichText text={answer} />
      </p>
      <Blocks blocks={more} />
    </article>
  )
}
