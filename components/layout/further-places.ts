import { BookOpen, FileWarning, FlaskConical, Settings, Trash2 } from 'lucide-react'
import { DOCS_PLACES } from '../docs/places.ts'
import { SETTINGS_PAGES } from '../settings/setting-index.ts'
import type { Place } from './places.ts'

/** Pages of a project that another page leads to, below /projects/<slug>. The command palette knows them all the same. */
export const FURTHER_PROJECT_PLACES: readonly Place[] = [
  ...SETTINGS_PAGES.filter(({ path }) => path !== '').map(({ path, label }) => ({
    ...{ path: `/settings${path}`, label: `Settings: ${label}`, icon: Settings },
  })),
  { path: '/audit-log/errors', label: 'Errors by kind', icon: FileWarning, needs: 'audit:read' },
  { path: '/promotion', label: 'Promote settings', icon: FlaskConical },
  { path: '/delete', label: 'Delete project', icon: Trash2, needs: 'project:delete' },
]

/** Pages that are everybody's. A project has pages of the same names. */
export const SITE_PLACES: readonly Place[] = DOCS_PLACES.flatMap(({ places }) =>
  places.map(({ path, label }) => ({ path, label: `Docs: ${label}`, icon: BookOpen })),
)
