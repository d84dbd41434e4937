'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { classNames } from './class-names.ts'

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
] as const

export type Theme = (typeof CHOICES)[number]['value']

/** The choice is a cookie, so that the server sends the right colours at once: no flash and no script before the page. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const choose = (value: Theme) => {
    setTheme(value)
    apply(value)
  }
  return (
    <fieldset className="flex w-fit gap-0.5 rounded-full border bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ value, label, icon: Icon }) => (
        <label
          key={value}
          title={label}
          className={classNames(
            'grid size-6 place-items-center rounded-full text-ink-faint transition-colors hover:text-ink has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent',
            theme === value && 'bg-raised text-ink shadow-[0_0_0_1px_var(--line-strong)]',
          )}
        >
          <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => choose(value)} className="sr-only" />
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

function apply(theme: Theme): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `theme=${theme}; Path=/; Max-Age=${theme === 'system' ? 0 : 31_536_000}; SameSite=Lax${secure}`
}
