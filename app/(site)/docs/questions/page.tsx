import type { Metadata } from 'next'
import { plain } from '../../../../components/docs/article.tsx'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { JumpList } from '../../../../components/docs/jump-list.tsx'
import { Question } from '../../../../components/docs/question.tsx'
import { QuestionData } from '../../../../components/docs/question-data.tsx'
import { questions } from '../../../../components/docs/questions.ts'

export const metadata: Metadata = {
  title: 'Questions',
  description: 'Short answers about registration, discovery, audiences, refresh tokens and connections that fail without a word.',
}

const LEAD = 'What developers of MCP servers ask about authorization. Each answer begins with the short one.'

export default function QuestionsPage() {
  return (
    <DocsPage title="Questions" lead={LEAD}>
      <QuestionData groups={questions} />
      <JumpList
        label="Questions"
        groups={questions.map(({ id, title, questions }) => ({
          ...{ id, label: title },
          to: questions.map(({ id, asks }) => ({ id, text: plain(asks) })),
        }))}
      />
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
    </DocsPage>
  )
}
