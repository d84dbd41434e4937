import { headers } from 'next/headers'
import { DEFAULT_LOCALE, localeFor, type UiLocale } from '#lib/oauth/ui-locales.ts'
import type { Words } from '#lib/words/en.ts'
import { agoIn, durationIn } from '#lib/words/time.ts'
import { wordsIn } from '#lib/words/words.ts'

/** The language of this page, as `proxy.ts` chose it. Only in server components: what a browser runs gets its sentences as props. */
export const pageLocale = async (): Promise<UiLocale> => localeFor((await headers()).get('x-language')) ?? DEFAULT_LOCALE

/** What this page says. */
export const pageWords = async (): Promise<Words> => wordsIn(await pageLocale())

/** `3 days ago`, when the page is made. */
export const ago = async (at: Date): Promise<string> => agoIn(await pageLocale(), at, new Date())

/** `1 hour`. */
export const duration = async (seconds: number): Promise<string> => durationIn(await pageLocale(), seconds)

/** Words for the `done` of a page. Whatever a URL says is looked up, and never shown. */
export const doneWords = (done: string | null, words: Readonly<Record<string, string>>): string | null =>
  done !== null && Object.hasOwn(words, done) ? (words[done] ?? null) : null
