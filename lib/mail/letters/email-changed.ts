import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'

/** To the address that was left. The new one is not named: this one may be in other hands. */
export function emailChanged({ projectName, locale }: Sender): Letter {
  const words = wordsIn(locale).mail.emailChanged
  return {
    kind: 'email-changed',
    subject: words.subject(projectName),
    opening: [words.opening(projectName)],
    code: null,
    link: null,
    closing: [words.notYou],
  }
}
