import type { QuestionGroup } from './questions.ts'

/** The questions as data for search engines (schema.org FAQPage). Not a script that runs, so the content security policy has no word in it. */
export function QuestionData({ groups }: { groups: readonly QuestionGroup[] }) {
  const mainEntity = groups.flatMap(({ questions }) =>
    questions.map(({ asks, answer }) => ({
      ...{ '@type': 'Question', name: wordsOf(asks) },
      acceptedAnswer: { '@type': 'Answer', text: wordsOf(answer) },
    })),
  )
  const data = JSON.stringify({ '@context': 'https://schema.org', '@type': 'FAQPage', mainEntity })
  // `</script>` in a text would end the element.
  return <script type="application/ld+json">{data.replaceAll('<', '\\u003c')}</script>
}

/** Without backticks and the addresses of links. */
const wordsOf = (text: string): string => text.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
