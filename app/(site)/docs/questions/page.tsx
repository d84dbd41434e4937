import type { Metadata } from 'next'
import { Article } from '../../../../components/docs/article.tsx'
import { Question } from '../../../../components/docs/question.tsx'
import { questions } from '../../../../components/docs/questions.ts'

export const metadata: Metadata = {
  title: 'Questions',
  description: 'Short answers about registration, discovery, audiences, refresh tokens and connections that fail without a word.',
}

const LEAD = 'What developers of MCP servers ask about authorization. Each answer begins with the short one.'

export default function QuestionsPage() {
  return (
    <Article
      title="Questions"
      lead={LEAD}
      places={questions.flatMap((group) => group.questions.map(({ id, asks }) => ({ id, title: asks })))}
    >
      {questions.map((group) => (
        <section key={group.id} aria-labelledby={group.id} className="grid min-w-0 gap-3">
          <h2 id={group.id} className="scroll-mt-20 font-semibold text-[19px] tracking-[-0.02em]">
            {group.title}
          </h2>
          <div className="min-w-0 border-b">
            {group.questions.map((question) => (
              <Question key={question.id} question={question} />
            ))}
          </div>
        </section>
      ))}
    </Article>
  )
}
