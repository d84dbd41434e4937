import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createSavedView } from './create.ts'

const newView = () => ({ name: unique('Refusals'), query: 'outcome=refused&range=24h' })

export const savedViewSamples: Samples = {
  listSavedViews: { input: async () => ({}) },
  createSavedView: { input: async () => newView() },
  deleteSavedView: { input: async ({ ctx }) => createSavedView(ctx, newView()), byId: true },
}
