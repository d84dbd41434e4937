import { prisma } from '#lib/db/client.ts'
import type { Setting } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { listKeys } from './list.ts'

/** Lets the next key be known to every cache, as it is some minutes after the rotation before. */
async function settle({ ctx }: Setting): Promise<void> {
  await prisma().$executeRaw`
    UPDATE signing_key SET created_at = created_at - interval '10 minutes' WHERE project_id = ${ctx.project.id}::uuid AND state = 'next'`
}

async function currentKid({ ctx }: Setting): Promise<string> {
  const { keys } = await listKeys(ctx)
  return keys.find(({ state }) => state === 'current')?.kid ?? ''
}

export const keySamples: Samples = {
  listKeys: { input: async () => ({}) },
  rotateKeys: {
    input: async (setting) => {
      await settle(setting)
      return { purpose: 'access-token' }
    },
  },
  getKeyImpact: { input: async (setting) => ({ kid: await currentKid(setting) }), byId: true },
  revokeKey: { input: async (setting) => ({ kid: await currentKid(setting) }), byId: true },
}
