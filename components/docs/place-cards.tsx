import Link from 'next/link'
import { DOCS_PLACES } from './places.ts'

/** All other pages, each with what is there. */
export function PlaceCards() {
  return (
    <div className="grid gap-8">
      {DOCS_PLACES.filter(({ label }) => label !== null).map(({ label, places }) => (
        <section key={label} aria-label={label ?? ''} className="grid gap-3">
          <h2 className="font-semibold text-[19px] tracking-[-0.02em]">{label}</h2>
          <ul className="grid gap-px overflow-hidden rounded-xl border bg-line sm:grid-cols-2">
            {places.map((place) => (
              <li key={place.path} className="grid bg-surface last:odd:sm:col-span-2">
                <Link href={place.path} className="grid content-start gap-0.5 p-4 hover:bg-hover focus-visible:outline-offset-[-2px]">
                  <span className="font-medium">{place.label}</span>
                  <span className="text-[13px] text-ink-soft">{place.words}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
