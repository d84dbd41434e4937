'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
import Link from 'next/link'
import { startTransition } from 'react'
import { Dropdown, DropdownContent, DropdownItem, DropdownSeparator, DropdownTrigger } from '../ui/dropdown.tsx'
import { ProjectTile } from './project-tile.tsx'

export function AccountMenu({ name, email, signOut }: { name: string; email: string; signOut: () => Promise<void> }) {
  return (
    <Dropdown>
      <DropdownTrigger className="flex min-h-11 w-full min-w-0 items-center gap-2.5 rounded-lg px-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover">
        <ProjectTile name={name} />
        <span className="sr-only">Account, </span>
        <span className="grid min-w-0 flex-1 leading-tight">
          <span className="truncate font-medium text-[13px]">{name}</span>
          <span className="truncate text-ink-faint text-xs">{email}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </DropdownTrigger>
      <DropdownContent align="start" side="top" className="w-56">
        <DropdownItem asChild>
          <Link href="/status">Status</Link>
        </DropdownItem>
        <DropdownItem asChild>
          <Link href="/changelog">Changelog</Link>
        </DropdownItem>
        <DropdownSeparator />
        <DropdownItem onSelect={() => startTransition(() => signOut())}>
          <LogOut aria-hidden />
          Sign out
        </DropdownItem>
      </DropdownContent>
    </Dropdown>
  )
}
