import { durationIn } from '#lib/words/time.ts'
import { wordsIn } from '#lib/words/words.ts'
import type { Letter, LetterKind, Sender } from '../letter.ts'

/** What a letter with a code is about. `minutes`: how long the code counts. */
export type CodeOf = { readonly code: string; readonly href: string; readonly minutes: number }

type CodeWords = {
  readonly subject: (project: string, code: string) => string
  readonly opening: (project: string) => string
  readonly link: string
  readonly notYou: string
}

/** A code to type in, and a link that does the same with a click. */
export function codeLetter(kind: LetterKind, words: CodeWords, { projectName, locale }: Sender, { code, href, minutes }: CodeOf): Letter {
  return {
    kind,
    subject: words.subject(projectName, code),
    opening: [words.opening(projectName)],
    code,
    link: { label: words.link, href },
    closing: [wordsIn(locale).mail.codeCounts(durationIn(locale, minutes * 60)), words.notYou],
  }
}
