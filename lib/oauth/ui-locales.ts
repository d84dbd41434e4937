/** The languages that people are spoken to in, as tags of BCP 47. The first is spoken where nobody asks for another. */
export const UI_LOCALES = ['en', 'de', 'fr', 'es', 'ja', 'pt-BR'] as const
export type UiLocale = (typeof UI_LOCALES)[number]

export const DEFAULT_LOCALE: UiLocale = UI_LOCALES[0]

/** More than anybody reads; a list is a stranger's. */
const MAX_ASKED = 20

/** The one that a tag asks for; null when we speak none like it. A region we do not know is spoken to in the same language (RFC 4647 §3.4). */
export function localeFor(tag: string | null | undefined): UiLocale | null {
  const asked = tag?.trim().toLowerCase() ?? ''
  const exact = UI_LOCALES.find((locale) => locale.toLowerCase() === asked)
  return exact ?? UI_LOCALES.find((locale) => languageOf(locale.toLowerCase()) === languageOf(asked)) ?? null
}

/** OpenID Connect Core §3.1.2.1: `ui_locales`, tags in order of preference, separated by spaces. */
export const askedLocale = (uiLocales: string | null | undefined): UiLocale | null => firstOf((uiLocales ?? '').split(' '))

/** RFC 9110 §12.5.4: `Accept-Language`. */
export function acceptedLocale(header: string | null | undefined): UiLocale | null {
  const ranges = (header ?? '').split(',', MAX_ASKED).map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((each) => each.trim())
    const quality = parameters.find((each) => /^q=/i.test(each))?.slice(2)
    return { tag, quality: quality === undefined ? 1 : Number(quality) }
  })
  const wanted = ranges.filter(({ quality }) => quality > 0 && quality <= 1).toSorted((a, b) => b.quality - a.quality)
  return firstOf(wanted.map(({ tag }) => tag))
}

function firstOf(tags: readonly string[]): UiLocale | null {
  for (const tag of tags.slice(0, MAX_ASKED)) {
    const locale = localeFor(tag)
    if (locale) return locale
  }
  return null
}

const languageOf = (tag: string): string => tag.split('-', 1)[0] ?? ''
