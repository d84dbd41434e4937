import type { World } from '#lib/oauth/context.ts'

/** What strangers publish for us to read. */
export const world: World = {
  clientDocument: async () => 'unavailable',
  keys: async () => null,
}
