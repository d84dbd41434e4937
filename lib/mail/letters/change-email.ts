import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'
import { type CodeOf, codeLetter } from './code-letter.ts'

export const changeEmail = (sender: Sender, of: CodeOf): Letter =>
  codeLetter('change-email', wordsIn(sender.locale).mail.changeEmail, sender, of)
