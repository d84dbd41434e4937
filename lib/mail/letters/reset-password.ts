import { durationIn } from '#lib/words/time.ts'
import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'

export function resetPassword({ projectName, locale }: Sender, { href, minutes }: { href: string; minutes: number }): Letter {
  const words = wordsIn(locale).mail.resetPassword
  return {
    kind: 'reset-password',
    subject: words.subject(projectName),
    opening: [words.opening(projectName)],
    code: null,
    link: { label: words.link, href },
    closing: [words.counts(durationIn(locale, minutes * 60)), words.notYou],
  }
}
