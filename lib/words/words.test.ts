import { describe, expect, it } from 'vitest'
import { UI_LOCALES } from '#lib/oauth/ui-locales.ts'
import { agoIn, durationIn } from './time.ts'
import { nameOfLanguage, wordsIn } from './words.ts'

type Sentence = readonly [path: string, said: string]

/** Marks for the arguments of a function, so that one can see whether each of them is said. */
const MARKS = ['❶', '❷', '❸']

/** Every sentence of a dictionary, functions called with marks. */
function sentencesOf(words: unknown, path = ''): Sentence[] {
  if (typeof words === 'string') return [[path, words]]
  if (typeof words === 'function') return [[path, [saidBy(words as (...marks: unknown[]) => unknown)].flat().join('')]]
  return Object.entries(words as object).flatMap(([key, value]) => sentencesOf(value, path ? `${path}.${key}` : key))
}

/** A piece of markup may be asked for with the words inside it. */
const saidBy = (say: (...marks: unknown[]) => unknown): unknown =>
  say.toString().includes('link(') ? say((text: string) => `❶${text}`) : say(...MARKS.slice(0, say.length))

const english = new Map(sentencesOf(wordsIn('en')))
const marksIn = (said: string): string[] => MARKS.filter((mark) => said.includes(mark))

describe.each(UI_LOCALES)('the words in %s', (locale) => {
  const sentences = sentencesOf(wordsIn(locale))

  it('are as many as in English, under the same names', () =>
    expect(sentences.map(([path]) => path).toSorted()).toEqual([...english.keys()].toSorted()))

  it('say all that stands inside a sentence', () => {
    const lost = sentences.filter(([path, said]) => `${marksIn(said)}` !== `${marksIn(english.get(path) ?? '')}`)
    expect(lost).toEqual([])
  })

  it('are never empty, never twice a space, and hold no mark-up', () => {
    expect(sentences.filter(([, said]) => said.trim() === '' || /\u0020{2}|[<>]/.test(said))).toEqual([])
  })

  it('are translated', () => {
    const long = sentences.filter(([path, said]) => said.length > 24 && said === english.get(path))
    expect(locale === 'en' ? [] : long).toEqual([])
  })
})

it('names each language in itself', () =>
  expect(UI_LOCALES.map(nameOfLanguage)).toEqual(['English', 'Deutsch', 'Français', 'Español', '日本語', 'Português (Brasil)']))

describe('times', () => {
  it.each([
    ['en', 3600, '1 hour'],
    ['en', 5400, '90 minutes'],
    ['en', 86_400 * 30, '30 days'],
    ['en', 1, '1 minute'],
    ['de', 86_400, '1 Tag'],
    ['fr', 600, '10 minutes'],
    ['ja', 3600, '1 時間'],
    ['pt-BR', 86_400 * 2, '2 dias'],
  ] as const)('in %s %i seconds are %s', (locale, seconds, said) =>
    expect(durationIn(locale, seconds).replaceAll('\u00a0', ' ')).toBe(said),
  )

  const now = new Date('2026-11-21T12:00:00Z')
  it.each([
    ['en', '2026-11-21T11:59:30Z', 'now'],
    ['de', '2026-11-20T11:00:00Z', 'gestern'],
    ['es', '2026-11-21T09:00:00Z', 'hace 3 horas'],
    ['ja', '2026-11-18T12:00:00Z', '3 日前'],
    ['fr', '2026-11-21T12:00:05Z', 'maintenant'],
  ] as const)('in %s %s was %s', (locale, at, said) => expect(agoIn(locale, new Date(at), now)).toBe(said))
})
