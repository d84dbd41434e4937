'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '../ui/class-names.ts'

const PLACES = [
  { path: '', label: 'General' },
  { path: '/sign-in', label: 'Sign-in' },
  { path: '/clients', label: 'Clients' },
  { path: '/protocol', label: 'Tokens & protocol' },
]

/** The pages of the settings, by who asks: somebody who brands, somebody who lets people in, somebody who lets programs in. */
export function SettingsPlaces({ base }: { base: string }) {
  const here = usePathname()
  return (
    <nav aria-label="Settings" className="flex min-w-0 gap-1 overflow-x-auto border-b px-px pt-px">
      {PLACES.map(({ path, label }) => {
        const href = `${base}${path}`
        return (
          <Link
            key={path}
            href={href}
            aria-current={here === href ? 'page' : undefined}
            className={classNames(
              '-mb-px whitespace-nowrap rounded-t-sm border-b-2 px-2.5 py-2 font-medium text-[13px] transition-colors focus-visible:outline-offset-[-2px]',
              here === href ? 'border-ink text-ink' : 'border-transparent text-ink-soft hover:text-ink',
            )}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
