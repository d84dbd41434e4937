import type { Samples } from '../samples.ts'

export const readinessSamples: Samples = {
  getReadiness: { input: async () => ({}) },
}
