import {
  Activity,
  AppWindow,
  BadgeCheck,
  Boxes,
  Braces,
  Building2,
  FileClock,
  FolderKanban,
  Globe,
  Handshake,
  KeyRound,
  KeySquare,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Rocket,
  ScanSearch,
  Settings,
  ShieldCheck,
  UserRound,
  Users,
  UsersRound,
  Webhook,
} from 'lucide-react'
import type { Permission } from '#lib/management/context.ts'

/** `keys`: after `g`, what goes there. `needs`: the permission without which the page is not found. */
export type Place = {
  readonly path: string
  readonly label: string
  readonly icon: LucideIcon
  readonly keys?: string
  readonly needs?: Permission
}
export type PlaceGroup = { readonly label: string | null; readonly places: readonly Place[] }

/** Pages of a project, below /projects/<slug>. Sidebar, command palette and shortcuts read this. */
export const PROJECT_PLACES: readonly PlaceGroup[] = [
  {
    label: null,
    places: [
      { path: '', label: 'Overview', icon: LayoutDashboard, keys: 'o' },
      { path: '/quick-start', label: 'Quick start', icon: Rocket, keys: 'q' },
      { path: '/endpoints', label: 'Endpoints', icon: Braces, keys: 'n' },
      { path: '/readiness', label: 'Directory readiness', icon: BadgeCheck, keys: 'b' },
    ],
  },
  {
    label: 'Access',
    places: [
      { path: '/clients', label: 'Clients', icon: AppWindow, keys: 'c' },
      { path: '/users', label: 'Users', icon: Users, keys: 'u' },
      { path: '/grants', label: 'Grants', icon: Handshake, keys: 'r' },
    ],
  },
  {
    label: 'Server',
    places: [
      { path: '/resources', label: 'Resources', icon: Boxes, keys: 'e' },
      { path: '/scopes', label: 'Scopes', icon: ListChecks, keys: 's' },
    ],
  },
  {
    label: 'Trust',
    places: [
      { path: '/keys', label: 'Keys & secrets', icon: KeyRound, keys: 'k' },
      { path: '/domains', label: 'Issuers & domains', icon: Globe, keys: 'd' },
      { path: '/trusted-issuers', label: 'Trusted issuers', icon: ShieldCheck, keys: 't' },
    ],
  },
  {
    label: 'Observe',
    places: [
      { path: '/audit-log', label: 'Audit log', icon: FileClock, keys: 'l', needs: 'audit:read' },
      { path: '/tokens', label: 'Check a token', icon: ScanSearch, keys: 'j', needs: 'grant:read' },
      { path: '/webhooks', label: 'Webhooks', icon: Webhook, keys: 'w', needs: 'webhook:read' },
    ],
  },
  { label: null, places: [{ path: '/settings', label: 'Settings', icon: Settings, keys: ',' }] },
]

/** Pages of the organisation. */
export const ORGANISATION_PLACES: readonly PlaceGroup[] = [
  { label: null, places: [{ path: '/projects', label: 'Projects', icon: FolderKanban, keys: 'p' }] },
  {
    label: 'Organisation',
    places: [
      { path: '/organisation/members', label: 'Members', icon: UsersRound, keys: 'm' },
      { path: '/organisation/api-keys', label: 'API keys', icon: KeySquare, keys: 'a', needs: 'api-key:read' },
      { path: '/organisation/activity', label: 'Activity', icon: Activity, keys: 'y', needs: 'audit:read' },
      { path: '/organisation/settings', label: 'Organisation', icon: Building2 },
    ],
  },
  { label: 'You', places: [{ path: '/profile', label: 'Profile & security', icon: UserRound, keys: 'f' }] },
]
