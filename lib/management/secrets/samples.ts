import type { Setting } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createProjectSecret } from './create.ts'
import { listProjectSecrets } from './list.ts'
import { revokeProjectSecret } from './revoke.ts'

/** One more server secret, in a project that has room for another. */
async function newSecretId({ ctx }: Setting): Promise<string> {
  const { secrets } = await listProjectSecrets(ctx, { kind: 'server' })
  for (const { id } of secrets.slice(4)) await revokeProjectSecret(ctx, { secretId: id })
  return (await createProjectSecret(ctx, { kind: 'server', name: 'Notes backend' })).secretId
}

export const secretSamples: Samples = {
  listProjectSecrets: { input: async () => ({ kind: 'server' }) },
  createProjectSecret: { input: async () => ({ kind: 'registration', name: 'Build pipeline' }) },
  renameProjectSecret: { input: async (setting) => ({ secretId: await newSecretId(setting), name: 'Notes worker' }), byId: true },
  rotateProjectSecret: { input: async (setting) => ({ secretId: await newSecretId(setting), overlapHours: 24 }), byId: true },
  rotateProjectSecrets: { input: async () => ({ kind: 'registration', overlapHours: 1 }) },
  revokeProjectSecret: { input: async (setting) => ({ secretId: await newSecretId(setting) }), byId: true },
}
