import { Globe } from 'lucide-react'
import { UI_LOCALES, type UiLocale } from '#lib/oauth/ui-locales.ts'
import { nameOfLanguage } from '#lib/words/words.ts'
import { pageLocale, pageWords } from './words.ts'

type Brand = { supportUrl: string | null; policyUrl: string | null; termsUrl: string | null }

const LINK = 'rounded underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-current'

/** The project's own pages, and the choice of a language. A link of it loads the same page again, so it works without scripts. */
export async function PageFooter({ brand, query }: { brand: Brand | null; query: string }) {
  const { footer } = await pageWords()
  const links = [
    [brand?.supportUrl, footer.help],
    [brand?.policyUrl, footer.privacy],
    [brand?.termsUrl, footer.terms],
  ] as const
  return (
    <footer className="grid justify-items-center gap-3 px-4 pb-8 text-ink-soft text-xs">
      <div className="flex flex-wrap justify-center gap-x-5 gap-y-2 empty:hidden">
        {links.map(
          ([href, name]) =>
            href && (
              <a key={name} href={href} target="_blank" rel="noopener" className={LINK}>
                {name}
              </a>
            ),
        )}
      </div>
      <Languages label={footer.language} query={query} />
    </footer>
  )
}

async function Languages({ label, query }: { label: string; query: string }) {
  const current = await pageLocale()
  return (
    <details className="max-w-full">
      <summary
        className="mx-auto flex w-fit list-none items-center gap-1.5 rounded hover:text-ink"
        aria-label={`${label}: ${nameOfLanguage(current)}`}
      >
        <Globe aria-hidden className="size-3.5" />
        {nameOfLanguage(current)}
      </summary>
      <nav aria-label={label} className="mt-3">
        <ul className="flex max-w-80 flex-wrap justify-center gap-x-4 gap-y-2">
          {UI_LOCALES.map((locale) => (
            <li key={locale}>
              <a
                href={hrefIn(locale, query)}
                lang={locale}
                hrefLang={locale}
                aria-current={locale === current ? 'true' : undefined}
                className={`${LINK} aria-[current]:text-ink aria-[current]:no-underline`}
              >
                {nameOfLanguage(locale)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </details>
  )
}

/** This page again, in that language. */
function hrefIn(locale: UiLocale, query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.set('lang', locale)
  return `?${parameters}`
}
