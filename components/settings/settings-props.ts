import type { ProjectDetails } from '#lib/management/projects/get.ts'
import type { FormAction } from '../ui/form-state.ts'

/** What every card of the settings page gets. */
export type SettingsProps = { project: ProjectDetails; action: FormAction }
