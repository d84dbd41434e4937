import type { Words } from '#lib/words/en.ts'

/** What the browser's side of passkeys says: handed to it as data, so that no dictionary is sent along. */
export type PasskeyWords = Pick<Words['passkeys'], 'signIn' | 'needsScripts' | 'unsupported' | 'name' | 'nameHint' | 'add' | 'failures'>

export const passkeyWordsOf = ({ passkeys }: Words): PasskeyWords => {
  const { signIn, needsScripts, unsupported, name, nameHint, add, failures } = passkeys
  return { signIn, needsScripts, unsupported, name, nameHint, add, failures }
}
