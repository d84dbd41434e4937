import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'

export function accountExists({ projectName, locale }: Sender, { href }: { href: string }): Letter {
  const words = wordsIn(locale).mail.accountExists
  return {
    kind: 'account-exists',
    subject: words.subject(projectName),
    opening: [words.opening(projectName)],
    code: null,
    link: { label: words.link, href },
    closing: [words.forgotten, words.notYou],
  }
}
