import { expect, it } from 'vitest'
import { standards } from '#lib/oauth/standards.ts'
import { switchWords } from './standard-words.ts'

const wordsOf = (id: string): string => {
  const standard = standards.flatMap((group) => group.standards).find((each) => each.id === id)
  if (!standard) throw new Error(`there is no standard ${id}`)
  return switchWords(standard)
}

it.each([
  ['rfc-9449', 'Off until a project switches it on: `dpop`, by default `"off"`.'],
  ['rfc-8628', 'Off until a project switches it on: `deviceGrant`, by default `false`.'],
  ['rfc-7591', 'On by default: `registrationMode` is `"guarded"`; `"off"` switches it off.'],
  ['rfc-9207', 'On by default: `issParameter` is `true`; `false` switches it off.'],
  ['rfc-7009', 'On in every project.'],
  ['rfc-9101', 'There is no switch for it.'],
])('%s: %s', (id, words) => expect(wordsOf(id)).toBe(words))
