'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react'
import { tinykeys } from 'tinykeys'
import type { ProjectChoice } from '#lib/management/projects/choices.ts'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { usePlaces } from './allowed-places.tsx'
import { CommandPalette, type PaletteProps } from './command-palette.tsx'
import { useProject } from './navigation.tsx'
import { Key } from './palette-item.tsx'
import { ORGANISATION_PLACES, PROJECT_PLACES } from './places.ts'

const OpenPalette = createContext<() => void>(() => {})

/** The keyboard's way through the dashboard. */
export function Shortcuts({ children, ...palette }: PaletteProps & { children: ReactNode }) {
  const router = useRouter()
  const project = useProject(palette.projects)
  const places = usePlaces()
  const [shown, setShown] = useState<'palette' | 'help' | null>(null)
  const go = useEffectEvent((keys: string) => {
    const place = placesOf(places, project).find((each) => each.keys === keys)
    if (place) router.push(place.href)
  })

  useEffect(() => {
    const jumps = [...PROJECT_PLACES, ...ORGANISATION_PLACES].flatMap((group) => group.places.flatMap(({ keys }) => keys ?? []))
    return tinykeys(window, {
      '$mod+k': (event) => {
        event.preventDefault()
        setShown((now) => (now === 'palette' ? null : 'palette'))
      },
      // Most layouts have it above another key; a few do not.
      'Shift+?': unlessTyping(() => setShown('help')),
      '?': unlessTyping(() => setShown('help')),
      '/': unlessTyping((event) => focusSearch(event)),
      ...Object.fromEntries(jumps.map((keys) => [`g ${keys}`, unlessTyping(() => go(keys))])),
    })
  }, [])

  return (
    <OpenPalette value={() => setShown('palette')}>
      {children}
      <CommandPalette {...palette} open={shown === 'palette'} onOpenChange={(open) => setShown(open ? 'palette' : null)} />
      <Dialog open={shown === 'help'} onOpenChange={(open) => setShown(open ? 'help' : null)}>
        <DialogContent title="Keyboard shortcuts">
          <ShortcutList project={project} />
        </DialogContent>
      </Dialog>
    </OpenPalette>
  )
}

/** For those who do not know the keys yet. */
export function PaletteButton() {
  const open = use(OpenPalette)
  return (
    <button
      type="button"
      onClick={open}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2 rounded-md border bg-surface px-2 text-[13px] text-ink-faint transition-colors hover:text-ink"
    >
      <Search aria-hidden className="size-3.5" />
      Find anything
      <span aria-hidden className="ml-auto flex gap-0.5">
        <Key>⌘</Key>
        <Key>K</Key>
      </span>
    </button>
  )
}

/** Inside a project a letter means its page; the organisation's pages are one letter away everywhere. */
function placesOf({ ofProject, ofOrganisation }: ReturnType<typeof usePlaces>, project: ProjectChoice | null) {
  const own = project
    ? ofProject.flatMap((group) => group.places.map((place) => ({ ...place, href: `/projects/${project.slug}${place.path}` })))
    : []
  return [...own, ...ofOrganisation.flatMap((group) => group.places.map((place) => ({ ...place, href: place.path })))]
}

function ShortcutList({ project }: { project: ProjectChoice | null }) {
  const places = usePlaces()
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Command palette', ['⌘ or Ctrl', 'K']],
    ['Search this list', ['/']],
    ['This help', ['?']],
    ...placesOf(places, project).flatMap(({ label, keys }) => (keys ? [[`Go to ${label}`, ['g', keys]] as const] : [])),
  ]
  return (
    <dl className="grid gap-x-8 gap-y-1.5 text-[13px] sm:grid-cols-2">
      {rows.map(([what, keys]) => (
        <div key={what} className="flex min-h-7 items-center justify-between gap-3">
          <dt className="text-ink-soft">{what}</dt>
          <dd className="flex gap-1">
            {keys.map((key) => (
              <Key key={key}>{key}</Key>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A letter typed into a field is a letter. */
function unlessTyping(act: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    const at = event.target instanceof HTMLElement ? event.target : null
    if (at?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')) return
    act(event)
  }
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
}
