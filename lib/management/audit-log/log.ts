import type { ManagementContext } from '../context.ts'

/** Which log is read: a project's, or under its own id an organisation's, where no client and no user is known. */
export type Log = { readonly id: string; readonly organisationId: string }

export const projectLog = ({ project }: ManagementContext): Log => ({ id: project.id, organisationId: project.organisationId })
