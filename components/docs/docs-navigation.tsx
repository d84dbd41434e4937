'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '../ui/class-names.ts'
import { DOCS_PLACES } from './places.ts'

export function DocsNavigation() {
  const path = usePathname()
  const isHere = (place: string) => path === place || (place !== '/docs' && path.startsWith(`${place}/`))
  return (
    <nav aria-label="Documentation" className="grid gap-5">
      {DOCS_PLACES.map(({ label, places }) => (
        <div key={places[0]?.path} className="grid gap-1">
          {label && <h2 className="px-2 font-medium text-[11px] text-ink-faint">{label}</h2>}
          <ul className="grid gap-px">
            {places.map((place) => (
              <li key={place.path}>
                <Link
                  href={place.path}
                  aria-current={isHere(place.path) ? 'page' : undefined}
                  className={classNames(
                    'flex min-h-8 items-center rounded-md px-2 py-1 text-[13px] transition-colors hover:bg-hover hover:text-ink',
                    isHere(place.path) ? 'bg-hover font-medium text-ink' : 'text-ink-soft',
                  )}
                >
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
