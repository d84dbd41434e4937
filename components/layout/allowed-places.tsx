'use client'

import { createContext, type ReactNode, use } from 'react'
import type { Permission } from '#lib/management/context.ts'
import { ORGANISATION_PLACES, type PlaceGroup, PROJECT_PLACES } from './places.ts'

const Permissions = createContext<readonly string[]>([])

/** What the member's role in this organisation includes. Only for what is offered: each page asks for itself. */
export function KnownPermissions({ permissions, children }: { permissions: readonly string[]; children: ReactNode }) {
  return <Permissions value={permissions}>{children}</Permissions>
}

/** Whether to offer something that needs this permission. */
export function useMay(): (permission: Permission) => boolean {
  const permissions = use(Permissions)
  return (permission) => permissions.includes(permission)
}

/** The pages that are there for this member; a link to a page that is not found would be a dead end. */
export function usePlaces(): { ofProject: readonly PlaceGroup[]; ofOrganisation: readonly PlaceGroup[] } {
  const may = useMay()
  const allowed = (groups: readonly PlaceGroup[]) =>
    groups
      .map((group) => ({ ...group, places: group.places.filter(({ needs }) => needs === undefined || may(needs)) }))
      .filter(({ places }) => places.length > 0)
  return { ofProject: allowed(PROJECT_PLACES), ofOrganisation: allowed(ORGANISATION_PLACES) }
}
