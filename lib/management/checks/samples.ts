import { randomUUID } from 'node:crypto'
import { createResource } from '../resources/create.ts'
import type { Samples } from '../samples.ts'

export const checkSamples: Samples = {
  runCheck: {
    // A name that never has an address (RFC 6761 §6.4): nobody is called.
    input: async ({ ctx }) => {
      const identifier = `https://${randomUUID()}.invalid/mcp`
      await createResource(ctx, { identifier, name: 'Nobody' })
      return { check: 'challenge', resource: identifier }
    },
    byId: true,
  },
}
