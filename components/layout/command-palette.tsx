'use client'

import { Command } from 'cmdk'
import {
  AppWindow,
  Boxes,
  FileClock,
  FolderKanban,
  Handshake,
  ListChecks,
  LogOut,
  type LucideIcon,
  Plus,
  Search,
  UserRound,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, startTransition, useEffect, useState } from 'react'
import type { SearchHit } from '#lib/management/search-hits/find.ts'
import { Dialog, PlainDialogContent } from '../ui/dialog.tsx'
import { useMay, usePlaces } from './allowed-places.tsx'
import { type ProjectChoice, useProject } from './navigation.tsx'
import type { Place } from './places.ts'

export type FindHits = (project: string, query: string) => Promise<readonly SearchHit[]>

type CommandPaletteProps = {
  projects: readonly ProjectChoice[]
  open: boolean
  onOpenChange: (open: boolean) => void
  find: FindHits
  signOut: () => Promise<void>
}

/** Every page, every project and whatever goes by the name that is typed. */
export function CommandPalette({ open, onOpenChange, ...rest }: CommandPaletteProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <PlainDialogContent title="Command palette">
        <Palette {...rest} close={() => onOpenChange(false)} />
      </PlainDialogContent>
    </Dialog>
  )
}

function Palette({ projects, find, signOut, close }: Omit<CommandPaletteProps, 'open' | 'onOpenChange'> & { close: () => void }) {
  const router = useRouter()
  const project = useProject(projects)
  const places = usePlaces()
  const may = useMay()
  const [query, setQuery] = useState('')
  const hits = useHits(project?.slug ?? null, query.trim(), find)
  const go = (href: string) => {
    close()
    router.push(href)
  }
  const base = project && `/projects/${project.slug}`
  return (
    <Command label="Command palette" loop className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={project ? `Search ${project.name} or jump to…` : 'Jump to…'}
          className="h-12 w-full bg-transparent text-[15px] outline-none placeholder:text-ink-faint"
        />
      </div>
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-ink-soft">Nothing goes by that name.</Command.Empty>
        {base && hits.length > 0 && (
          <Group heading={`In ${project.name}`}>
            {hits.map((hit) => (
              // Found by the server, which knows more than the words shown: never filtered again here.
              <Item
                key={`${hit.kind} ${hit.id}`}
                value={`${query} ${hit.kind} ${hit.id}`}
                icon={HIT_ICONS[hit.kind]}
                onSelect={() => go(base + pathOf(hit))}
              >
                <span className="truncate">{hit.title}</span>
                <span className="ml-auto max-w-[45%] truncate pl-3 text-ink-faint text-xs">{hit.detail}</span>
              </Item>
            ))}
          </Group>
        )}
        {base && (
          <Group heading={project.name}>
            {places.ofProject
              .flatMap((group) => group.places)
              .map((place) => (
                <PlaceItem key={place.path} place={place} onSelect={() => go(base + place.path)} />
              ))}
            {may('client:write') && (
              <Item value={`${project.name} new client create`} icon={Plus} onSelect={() => go(`${base}/clients/new`)}>
                New client
              </Item>
            )}
          </Group>
        )}
        <Group heading="Organisation">
          {places.ofOrganisation
            .flatMap((group) => group.places)
            .map((place) => (
              <PlaceItem key={place.path} place={place} onSelect={() => go(place.path)} />
            ))}
          {may('project:create') && (
            <Item value="new project create" icon={Plus} onSelect={() => go('/projects/new')}>
              New project
            </Item>
          )}
        </Group>
        {projects.length > 0 && (
          <Group heading="Switch project">
            {projects.map(({ slug, name }) => (
              <Item key={slug} value={`project ${name} ${slug}`} icon={FolderKanban} onSelect={() => go(`/projects/${slug}`)}>
                {name}
              </Item>
            ))}
          </Group>
        )}
        <Group heading="Session">
          <Item value="sign out log out" icon={LogOut} onSelect={() => startTransition(() => signOut())}>
            Sign out
          </Item>
        </Group>
      </Command.List>
    </Command>
  )
}

const PAUSE_MS = 150

/** What the server finds for what stands in the field now; an answer that comes too late is dropped. */
function useHits(project: string | null, query: string, find: FindHits): readonly SearchHit[] {
  const [answer, setAnswer] = useState<{ query: string; hits: readonly SearchHit[] }>({ query: '', hits: [] })
  useEffect(() => {
    if (project === null || query.length < 2) return
    let late = false
    const timer = setTimeout(async () => {
      const hits = await find(project, query)
      if (!late) setAnswer({ query, hits })
    }, PAUSE_MS)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [project, query, find])
  return answer.query === query ? answer.hits : []
}

const HIT_ICONS: Readonly<Record<SearchHit['kind'], LucideIcon>> = {
  client: AppWindow,
  user: UserRound,
  resource: Boxes,
  scope: ListChecks,
  grant: Handshake,
  event: FileClock,
}

function pathOf({ kind, id }: SearchHit): string {
  const name = encodeURIComponent(id)
  if (kind === 'client') return `/clients/${name}`
  if (kind === 'user') return `/users/${name}`
  if (kind === 'event') return `/audit-log?event=${name}`
  if (kind === 'grant') return `/audit-log?grant=${name}`
  return kind === 'resource' ? '/resources' : '/scopes'
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  )
}

function PlaceItem({ place: { label, icon, keys }, onSelect }: { place: Place; onSelect: () => void }) {
  return (
    <Item value={`go to ${label}`} icon={icon} onSelect={onSelect}>
      {label}
      {keys && (
        <span aria-hidden className="ml-auto flex gap-1">
          <Key>g</Key>
          <Key>{keys}</Key>
        </span>
      )}
    </Item>
  )
}

function Item({ value, icon: Icon, onSelect, children }: { value: string; icon: LucideIcon; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-[13px] data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      {children}
    </Command.Item>
  )
}

export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="grid h-5 min-w-5 place-items-center rounded border bg-sunken px-1 font-sans text-[11px] text-ink-soft">{children}</kbd>
  )
}
