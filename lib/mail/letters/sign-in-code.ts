import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'
import { type CodeOf, codeLetter } from './code-letter.ts'

export const signInCode = (sender: Sender, of: CodeOf): Letter =>
  codeLetter('sign-in-code', wordsIn(sender.locale).mail.signInCode, sender, of)
