import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from '../letter.ts'
import { type CodeOf, codeLetter } from './code-letter.ts'

export const verifyEmail = (sender: Sender, of: CodeOf): Letter =>
  codeLetter('verify-email', wordsIn(sender.locale).mail.verifyEmail, sender, of)
