import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createScope } from './create.ts'
import { listScopes } from './list.ts'

const newScope = async (ctx: ManagementContext): Promise<string> =>
  (await createScope(ctx, { name: unique('notes'), description: 'See your notes' })).name

const reversed = async (ctx: ManagementContext): Promise<string[]> => {
  await newScope(ctx)
  return (await listScopes(ctx)).map(({ name }) => name).toReversed()
}

export const scopeSamples: Samples = {
  listScopes: { input: async () => ({}) },
  listScopeUse: { input: async () => ({}) },
  createScope: { input: async () => ({ name: unique('notes'), description: 'See your notes', risk: 'high', isRequired: true }) },
  orderScopes: { input: async ({ ctx }) => ({ names: await reversed(ctx) }) },
  updateScope: { input: async ({ ctx }) => ({ name: await newScope(ctx), risk: 'medium' }), byId: true },
  deleteScope: { input: async ({ ctx }) => ({ name: await newScope(ctx) }), byId: true },
}
