import { signer } from '#lib/keys/sign.ts'
import { accessTokenClaims } from '#lib/oauth/access-token.ts'
import type { Setting } from '../fixtures.ts'
import { newClient, type Samples } from '../samples.ts'

/** As its token endpoint would have issued it, to a client that acts for itself. */
async function newToken({ ctx, created }: Setting): Promise<string> {
  const clientId = await newClient(ctx)
  const subject = { clientId, userId: clientId, scopes: ['read'], resources: [created.resource], lifetimeSeconds: 600 }
  return signer(ctx.project.id)(accessTokenClaims({ url: ctx.project.issuer }, { ...subject, issuedAt: new Date() }))
}

export const tokenSamples: Samples = {
  checkToken: { input: async (setting) => ({ token: await newToken(setting) }) },
}
