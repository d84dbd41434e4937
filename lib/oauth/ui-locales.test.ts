import { describe, expect, it } from 'vitest'
import { acceptedLocale, askedLocale, localeFor, UI_LOCALES } from './ui-locales.ts'

describe('a tag', () => {
  it.each(UI_LOCALES.map((locale) => [locale, locale] as const))('%s is spoken', (tag, locale) => expect(localeFor(tag)).toBe(locale))

  it.each([
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['de-Latn-CH-1996', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ja-JP', 'ja'],
    ['den', null],
    ['nl', null],
    ['*', null],
    ['', null],
    ['-', null],
    ['constructor', null],
  ])('%s is answered in %s', (tag, locale) => expect(localeFor(tag)).toBe(locale))
})

it.each([
  ['fr-CA fr en', 'fr'],
  ['nl  es', 'es'],
  ['nl sv', null],
  ['', null],
  [undefined, null],
  ['<script>', null],
])('ui_locales %j means %s', (asked, locale) => expect(askedLocale(asked)).toBe(locale))

it.each([
  ['de', 'de'],
  ['nl,fr;q=0.5,es;q=0.9', 'es'],
  ['en;q=0,de;q=0.1', 'de'],
  ['ja ; q=1, en', 'ja'],
  ['de;q=nonsense,fr;q=0.1', 'fr'],
  ['de;q=7', null],
  ['*', null],
  [`${'nl,'.repeat(10_000)}de`, null],
  [null, null],
])('Accept-Language %.40j means %s', (header, locale) => expect(acceptedLocale(header)).toBe(locale))
