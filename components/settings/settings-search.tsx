'use client'

import { Search } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Input } from '../ui/input.tsx'
import { findSettings, SETTINGS_PAGES } from './setting-index.ts'

const MOST = 8

/** All settings of all pages by a word for them. A full load, so that the page marks its target and unsaved changes are asked about. */
export function SettingsSearch({ base }: { base: string }) {
  const id = useId()
  const [query, setQuery] = useState('')
  const found = findSettings(query).slice(0, MOST)
  const addressOf = ({ page, name }: (typeof found)[number]) => `${base}${page}#${name}`
  const goToFirst = (event: FormEvent) => {
    event.preventDefault()
    const [first] = found
    if (first) window.location.assign(addressOf(first))
  }
  return (
    <search className="relative grid min-w-0 gap-1">
      <form onSubmit={goToFirst} className="relative">
        <label htmlFor={id} className="sr-only">
          Find a setting
        </label>
        <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint" />
        <Input
          id={id}
          type="search"
          value={query}
          autoComplete="off"
          placeholder="Find a setting, such as CORS or token lifetime"
          className="pl-9"
          aria-describedby={`${id}-found`}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setQuery('')}
        />
      </form>
      <p id={`${id}-found`} aria-live="polite" className="sr-only">
        {query.trim() && (found.length === 1 ? '1 setting found' : `${found.length} settings found`)}
      </p>
      {query.trim() && (
        <div className="absolute inset-x-0 top-full z-20 mt-1.5 rounded-lg bg-raised p-1 shadow-pop">
          {found.length === 0 && <p className="px-3 py-2 text-[13px] text-ink-soft">No setting is called so. Try a shorter word.</p>}
          <ul aria-label="Settings found">
            {found.map((setting) => (
              <li key={setting.name}>
                <a
                  href={addressOf(setting)}
                  onClick={() => setQuery('')}
                  className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 rounded-md px-3 py-1.5 text-[13px] hover:bg-hover focus-visible:bg-hover"
                >
                  <span className="font-medium">{setting.label}</span>
                  <span className="text-ink-soft text-xs">{SETTINGS_PAGES.find(({ path }) => path === setting.page)?.label}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </search>
  )
}
