import type { Samples } from '../samples.ts'

export const searchSamples: Samples = { search: { input: async () => ({ query: 'notes' }) } }
