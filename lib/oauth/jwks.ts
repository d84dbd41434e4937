import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'

/** RFC 7517 §5: the project's public keys; the next one is there before it signs, the previous one until its last token is dead. */
export const jwks = async (_request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> => ({
  kind: 'document',
  document: await ctx.jwks(),
})
