'use client'

import { createContext, type ReactNode, use } from 'react'
import type { Permission } from '#lib/management/context.ts'
import { type Act, ORGANISATION_ACTS, PROJECT_ACTS } from './acts.ts'
import { allowed, type May } from './allowed.ts'
import { FURTHER_PROJECT_PLACES } from './further-places.ts'
import { ORGANISATION_PLACES, type Place, type PlaceGroup, PROJECT_PLACES } from './places.ts'

const Permissions = createContext<readonly string[]>([])

/** What the member's role in this organisation includes. Only for what is offered: each page asks for itself. */
export function KnownPermissions({ permissions, children }: { permissions: readonly string[]; children: ReactNode }) {
  return <Permissions value={permissions}>{children}</Permissions>
}

/** Whether to offer something that needs this permission. */
function useMay(): May {
  const permissions = use(Permissions)
  return (permission: Permission) => permissions.includes(permission)
}

/** The pages that are there for this member; a link to a page that is not found would be a dead end. */
export function usePlaces(): { ofProject: readonly PlaceGroup[]; ofOrganisation: readonly PlaceGroup[] } {
  const may = useMay()
  const groupsOf = (groups: readonly PlaceGroup[]) =>
    groups.map((group) => ({ ...group, places: allowed(group.places, may) })).filter(({ places }) => places.length > 0)
  return { ofProject: groupsOf(PROJECT_PLACES), ofOrganisation: groupsOf(ORGANISATION_PLACES) }
}

/** What the command palette has beyond the sidebar's places. */
export function useActs(): { ofProject: readonly Act[]; ofOrganisation: readonly Act[]; further: readonly Place[] } {
  const may = useMay()
  return {
    ofProject: allowed(PROJECT_ACTS, may),
    ofOrganisation: allowed(ORGANISATION_ACTS, may),
    further: allowed(FURTHER_PROJECT_PLACES, may),
  }
}
