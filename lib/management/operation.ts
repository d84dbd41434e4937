import type { z } from 'zod'
import type { ManagementAction } from '#lib/audit/events.ts'
import type { ManagementContext, OrganisationContext, Permission } from './context.ts'

type Described = {
  /** Name of the verb, and `operationId` of the management API. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/management, or below /api/management/projects/{project}. `{name}` is a field of the input. */
  readonly path: string
  /** A sentence for the reference. */
  readonly summary: string
  /** What the verb asks for first. */
  readonly permission: Permission
  /** What it writes into the audit log, once; null: it changes nothing. */
  readonly audit: ManagementAction | null
  /** A member must have proved of late who they are. */
  readonly recent?: true
  /** It concerns the member who asks: a program is nobody, so the management API does not have it. */
  readonly membersOnly?: true
}

type Verb<Context, Schema extends z.ZodType, Output extends z.ZodType> = Described & {
  readonly input: Schema
  /** What `run` gives, field by field: its result must fit. Absent: the reference says nothing of the answer. */
  readonly output?: Output
  readonly run: (ctx: Context, input: z.input<Schema>) => Promise<NoInfer<z.input<Output>>>
}

type Shapes = { readonly input: z.ZodType; readonly output?: z.ZodType }

/** One verb as data: routes, reference, API keys and the permission matrix read this. */
export type Operation =
  | (Described & Shapes & { readonly of: 'organisation'; run(ctx: OrganisationContext, input: unknown): Promise<unknown> })
  | (Described & Shapes & { readonly of: 'project'; run(ctx: ManagementContext, input: unknown): Promise<unknown> })

/** A verb inside one project. It parses its input itself, so what is handed over may be anything. */
export const projectOperation = <Schema extends z.ZodType, Output extends z.ZodType = z.ZodType>(
  verb: Verb<ManagementContext, Schema, Output>,
): Operation => ({
  ...verb,
  of: 'project',
  run: (ctx, input) => verb.run(ctx, input as z.input<Schema>),
})

/** A verb inside one organisation. */
export const organisationOperation = <Schema extends z.ZodType, Output extends z.ZodType = z.ZodType>(
  verb: Verb<OrganisationContext, Schema, Output>,
): Operation => ({
  ...verb,
  of: 'organisation',
  run: (ctx, input) => verb.run(ctx, input as z.input<Schema>),
})
