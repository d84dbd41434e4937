'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { classNames } from '../ui/class-names.ts'
import { SETTINGS_PAGES } from './setting-index.ts'

export function SettingsPlaces({ base }: { base: string }) {
  const here = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  // On a narrow screen the list scrolls sideways: where one is must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another link.
  useEffect(() => {
    // Not returned: newer browsers answer with a promise, which React would call when one leaves the page.
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [here])
  return (
    <nav aria-label="Settings" className="flex min-w-0 gap-1 overflow-x-auto border-b px-px pt-px">
      {SETTINGS_PAGES.map(({ path, label }) => {
        const href = `${base}${path}`
        return (
          <Link
            key={path}
            href={href}
            ref={here === href ? current : undefined}
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
