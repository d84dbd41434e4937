'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classNames } from './class-names.ts'
import { onTheme, setTheme, type Theme } from './theme.ts'

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
] as const

/** Follows a choice that is made elsewhere, and there may be two of it: in the sidebar and in the menu. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, show] = useState(initial)
  useEffect(() => onTheme(show), [])
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
          <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setTheme(value)} className="sr-only" />
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
