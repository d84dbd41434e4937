import type { Samples } from '../samples.ts'

export const usageSamples: Samples = {
  getUsage: { input: async () => ({ range: '30d' }) },
}
