import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import { newClientId } from '#lib/oauth/identifier.ts'
import { type JsonWebKeySet, parseJsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { needsSecret } from '#lib/oauth/registration.ts'
import { auditSource, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { newSecret } from '../secret.ts'
import { checkedUri } from './fetched-uri.ts'
import { type CreateClientInput, createClientInput } from './inputs.ts'
import { applicationTypeOf, checkedRedirectUris } from './redirect-uris.ts'
import { checkedCeiling } from './scope-ceiling.ts'

/**
 * A client made by hand. `clientSecret` is here once, only its hash is kept; null for a client without one.
 * Throws `forbidden`, `invalid`.
 */
export async function createClient(
  ctx: ManagementContext,
  input: CreateClientInput,
): Promise<{ clientId: string; clientSecret: string | null }> {
  requirePermission(ctx, 'client:write')
  const { name, tokenEndpointAuthMethod, grantTypes, scope, clientUri = null, ...said } = parseInput(createClientInput, input)
  const redirectUris = checkedRedirectUris(said.redirectUris)
  const jwks = said.jwks === undefined ? null : checkedKeys(said.jwks)
  const jwksUri = said.jwksUri === undefined ? null : checkedUri('jwksUri', said.jwksUri)
  const logoUri = said.logoUri === undefined ? null : checkedUri('logoUri', said.logoUri)
  const clientId = newClientId()
  const secret = needsSecret({ tokenEndpointAuthMethod }) ? newSecret('client') : null

  await inTransaction(async (tx) => {
    const ceiling = await checkedCeiling(tx, ctx, scope)
    await tx.oAuthClient.create({
      data: {
        projectId: ctx.project.id,
        clientId,
        name,
        source: 'manual',
        trusted: true,
        applicationType: applicationTypeOf(redirectUris),
        tokenEndpointAuthMethod,
        secretHash: secret?.secretHash ?? null,
        secretLastFour: secret?.lastFour ?? null,
        redirectUris: JSON.stringify(redirectUris),
        grantTypes: JSON.stringify(grantTypes),
        scope: ceiling,
        clientUri,
        logoUri,
        jwks: jwks && JSON.stringify(jwks),
        jwksUri,
        metadataHash: metadataHashOf({ name, redirectUris, clientUri, logoUri, jwks, jwksUri }),
      },
    })
    await recordAudit(tx, auditSource(ctx), {
      action: 'client.created',
      clientId,
      name,
      changes: { redirectUris, tokenEndpointAuthMethod, grantTypes, scope: ceiling },
    })
  })
  return { clientId, clientSecret: secret?.secret ?? null }
}

function checkedKeys(text: string): JsonWebKeySet {
  const set = parseJsonWebKeySet(jsonOf(text))
  if (typeof set === 'string') throw invalid({ jwks: set })
  return set
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
