'use client'

import { Command } from 'cmdk'
import {
  AppWindow,
  Boxes,
  Building2,
  FileClock,
  FolderKanban,
  Handshake,
  ListChecks,
  LogOut,
  type LucideIcon,
  Search,
  Settings,
  SunMoon,
  UserRound,
  Zap,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { startTransition, useState } from 'react'
import type { ProjectChoice } from '#lib/management/projects/choices.ts'
import type { SearchHit } from '#lib/management/search-hits/find.ts'
import type { ChooseOrganisation, OrganisationChoice } from '../organisation/organisation-switcher.tsx'
import { findSettings } from '../settings/setting-index.ts'
import { Dialog, PlainDialogContent } from '../ui/dialog.tsx'
import { setTheme, THEMES } from '../ui/theme.ts'
import { type Act, hrefOf } from './acts.ts'
import { useActs, usePlaces } from './allowed-places.tsx'
import { SITE_PLACES } from './further-places.ts'
import { useProject } from './navigation.tsx'
import { Key, PaletteGroup, PaletteItem } from './palette-item.tsx'
import { scoreOf } from './palette-score.ts'
import type { Place } from './places.ts'
import { TestMark } from './test-mark.tsx'
import { type FindHits, useHits } from './use-hits.ts'

export type PaletteProps = {
  projects: readonly ProjectChoice[]
  organisation: string | null
  organisations: readonly OrganisationChoice[]
  chooseOrganisation: ChooseOrganisation
  find: FindHits
  signOut: () => Promise<void>
}

/** Every page, every main act, every project, and whatever goes by the name that is typed. */
export function CommandPalette({ open, onOpenChange, ...rest }: PaletteProps & { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <PlainDialogContent title="Command palette">
        <Palette {...rest} close={() => onOpenChange(false)} />
      </PlainDialogContent>
    </Dialog>
  )
}

function Palette({
  projects,
  organisation,
  organisations,
  chooseOrganisation,
  find,
  signOut,
  close,
}: PaletteProps & { close: () => void }) {
  const router = useRouter()
  const project = useProject(projects)
  const places = usePlaces()
  const acts = useActs()
  const [query, setQuery] = useState('')
  const go = (href: string) => {
    close()
    router.push(href)
  }
  const act = (work: () => unknown) => {
    close()
    startTransition(async () => {
      await work()
    })
  }
  return (
    <Command label="Command palette" loop filter={scoreOf} className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={project ? `Search ${project.name} or jump to…` : 'Jump to…'}
          className="h-12 w-full bg-transparent text-[15px] outline-none placeholder:text-ink-faint"
        />
        {project?.environment === 'test' && <TestMark />}
      </div>
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-ink-soft">Nothing goes by that name.</Command.Empty>
        {project && <Found project={project} query={query.trim()} find={find} go={go} />}
        {project && (
          <PaletteGroup heading={project.name}>
            <Places places={[...places.ofProject.flatMap((group) => group.places), ...acts.further]} base={baseOf(project)} go={go} />
          </PaletteGroup>
        )}
        {project && acts.ofProject.length > 0 && (
          <PaletteGroup heading={`Do in ${project.name}`}>
            <Acts acts={acts.ofProject} base={baseOf(project)} go={go} />
          </PaletteGroup>
        )}
        {project && <SettingsFound query={query} base={baseOf(project)} close={close} />}
        <PaletteGroup heading="Organisation">
          <Places places={places.ofOrganisation.flatMap((group) => group.places)} base="" go={go} />
          <Acts acts={acts.ofOrganisation} base="" go={go} />
        </PaletteGroup>
        {projects.length > 0 && (
          <PaletteGroup heading="Switch project">
            {projects.map(({ slug, name, environment }) => (
              <PaletteItem
                key={slug}
                name={name}
                unique={`project ${slug}`}
                words={`switch project ${slug} ${environment}`}
                icon={FolderKanban}
                onSelect={() => go(`/projects/${slug}`)}
              >
                <span className="min-w-0 truncate">{name}</span>
                {environment === 'test' && <TestMark />}
              </PaletteItem>
            ))}
          </PaletteGroup>
        )}
        {organisations.length > 1 && (
          <PaletteGroup heading="Switch organisation">
            {organisations
              .filter(({ id }) => id !== organisation)
              .map(({ id, name }) => (
                <PaletteItem
                  key={id}
                  name={name}
                  unique={`organisation ${id}`}
                  words="switch organisation"
                  icon={Building2}
                  onSelect={() => act(() => chooseOrganisation(id))}
                >
                  <span className="min-w-0 truncate">{name}</span>
                </PaletteItem>
              ))}
          </PaletteGroup>
        )}
        <PaletteGroup heading="Reference">
          <Places places={SITE_PLACES} base="" go={go} />
        </PaletteGroup>
        <PaletteGroup heading="Theme and session">
          {THEMES.map((theme) => (
            <PaletteItem
              key={theme}
              name={`Theme: ${theme}`}
              unique={theme}
              words="mode colours appearance"
              icon={SunMoon}
              onSelect={() => act(() => setTheme(theme))}
            >
              Theme: {theme}
            </PaletteItem>
          ))}
          <PaletteItem name="Sign out" unique="sign-out" words="log out leave" icon={LogOut} onSelect={() => act(signOut)}>
            Sign out
          </PaletteItem>
        </PaletteGroup>
      </Command.List>
    </Command>
  )
}

type Go = (href: string) => void

const baseOf = ({ slug }: ProjectChoice): string => `/projects/${slug}`

const Places = ({ places, base, go }: { places: readonly Place[]; base: string; go: Go }) =>
  places.map(({ path, label, icon, keys }) => (
    <PaletteItem key={path} name={label} unique={`page ${base}${path}`} words="go to page" icon={icon} onSelect={() => go(base + path)}>
      {label}
      {keys && (
        <span aria-hidden className="ml-auto flex gap-1">
          <Key>g</Key>
          <Key>{keys}</Key>
        </span>
      )}
    </PaletteItem>
  ))

const Acts = ({ acts, base, go }: { acts: readonly Act[]; base: string; go: Go }) =>
  acts.map((each) => (
    <PaletteItem
      key={each.label}
      name={each.label}
      unique={`do ${each.path} ${each.opens ?? ''}`}
      words={each.words ?? ''}
      icon={Zap}
      onSelect={() => go(hrefOf(base, each))}
    >
      {each.label}
    </PaletteItem>
  ))

/** What the server knows by that name: never filtered again here, for it knows more than the words shown. */
function Found({ project, query, find, go }: { project: ProjectChoice; query: string; find: FindHits; go: Go }) {
  const hits = useHits(project.slug, query, find)
  if (hits.length === 0) return null
  const base = baseOf(project)
  return (
    <PaletteGroup heading={`In ${project.name}`}>
      {hits.map((hit) => (
        <PaletteItem
          key={`${hit.kind} ${hit.id}`}
          name={query}
          unique={`${hit.kind} ${hit.id}`}
          icon={HIT_ICONS[hit.kind]}
          onSelect={() => go(base + pathOf(hit))}
        >
          <span className="truncate">{hit.title}</span>
          <span className="ml-auto max-w-[45%] truncate pl-3 text-ink-faint text-xs">{hit.detail}</span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
}

const MOST_SETTINGS = 5

/** A full load, as from the search on the settings pages: so the page marks its target. */
function SettingsFound({ query, base, close }: { query: string; base: string; close: () => void }) {
  const settings = findSettings(query).slice(0, MOST_SETTINGS)
  if (settings.length === 0) return null
  const go = (href: string) => {
    close()
    window.location.assign(href)
  }
  return (
    <PaletteGroup heading="Settings">
      {settings.map(({ name, page, label, words }) => (
        <PaletteItem
          key={name}
          name={label}
          unique={`setting ${name}`}
          words={`setting ${words} ${name}`}
          icon={Settings}
          onSelect={() => go(`${base}/settings${page}#${name}`)}
        >
          {label}
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
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
