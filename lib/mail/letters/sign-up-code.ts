import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'
import { type CodeOf, codeLetter } from './code-letter.ts'

export const signUpCode = (sender: Sender, of: CodeOf): Letter =>
  codeLetter('sign-up-code', wordsIn(sender.locale).mail.signUpCode, sender, of)
