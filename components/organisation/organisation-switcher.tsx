'use client'

import { Building2, Check, ChevronsUpDown, LockKeyhole, Plus } from 'lucide-react'
import Link from 'next/link'
import { startTransition } from 'react'
import { ProjectTile } from '../layout/project-tile.tsx'
import { Dropdown, DropdownContent, DropdownItem, DropdownLabel, DropdownSeparator, DropdownTrigger } from '../ui/dropdown.tsx'

export type OrganisationChoice = { id: string; name: string; barred: boolean }
export type ChooseOrganisation = (organisationId: string) => Promise<void>

type OrganisationSwitcherProps = { current: string | null; organisations: readonly OrganisationChoice[]; choose: ChooseOrganisation }

/** Which organisation this browser works in. Links into a project of another one choose that one by themselves. */
export function OrganisationSwitcher({ current, organisations, choose }: OrganisationSwitcherProps) {
  const here = organisations.find(({ id }) => id === current)
  return (
    <Dropdown>
      <DropdownTrigger
        aria-label={here ? `Switch organisation, now ${here.name}` : 'Switch organisation'}
        className="flex h-8 w-full min-w-0 items-center gap-2.5 rounded-lg px-2 text-left text-ink-soft text-xs transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
      >
        <Building2 aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1 truncate font-medium">{here?.name ?? 'No organisation'}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </DropdownTrigger>
      <DropdownContent align="start" className="w-60">
        <DropdownLabel>Organisations</DropdownLabel>
        {organisations.map(({ id, name, barred }) => (
          <DropdownItem key={id} onSelect={() => startTransition(() => choose(id))}>
            <ProjectTile name={name} small />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {barred && <LockKeyhole aria-label="asks for a second factor" />}
            {id === current && <Check aria-label="current" />}
          </DropdownItem>
        ))}
        <DropdownSeparator />
        <DropdownItem asChild>
          <Link href="/new-organisation">
            <Plus aria-hidden />
            New organisation
          </Link>
        </DropdownItem>
      </DropdownContent>
    </Dropdown>
  )
}
