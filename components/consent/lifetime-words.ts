import type { UiLocale } from '#lib/oauth/ui-locales.ts'
import { durationIn } from '#lib/words/time.ts'
import { wordsIn } from '#lib/words/words.ts'

/** How long an access lasts, as a person would say it. `refreshDays` null: it cannot be renewed. */
export function lifetimeWords(locale: UiLocale, accessTokenTtlSeconds: number, refreshDays: number | null): string {
  const { consent } = wordsIn(locale)
  const once = durationIn(locale, accessTokenTtlSeconds)
  return refreshDays === null ? consent.once(once) : consent.renewed(durationIn(locale, refreshDays * 86_400), once)
}
