import { randomUUID } from 'node:crypto'
import { inTransaction } from '#lib/db/transaction.ts'
import type { AccessTokenClaims, IdTokenClaims, SigningAlgorithm } from '#lib/oauth/context.ts'
import { createSigningKeys, keepIdTokenKeys, makeIdTokenKeys } from './signing-key.ts'

/** A project with its first two keys. */
export async function projectWithKeys(algorithm: SigningAlgorithm = 'ES256'): Promise<string> {
  const id = randomUUID()
  await inTransaction(async (tx) => {
    await tx.project.create({ data: { id, organisationId: randomUUID(), slug: `keys-${id}`, name: 'Keys', signingAlgorithm: algorithm } })
    await createSigningKeys(tx, id, algorithm)
  })
  return id
}

/** Two more, for id_tokens. */
export async function withIdTokenKeys(projectId: string): Promise<string> {
  const keys = await makeIdTokenKeys(projectId)
  await inTransaction((tx) => keepIdTokenKeys(tx, projectId, keys))
  return projectId
}

export const idTokenClaims = (): IdTokenClaims => {
  const { iss, sub, client_id, iat, exp } = claims()
  return { iss, sub, aud: client_id, iat, exp, auth_time: iat, at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }
}

export const claims = (fields: Partial<AccessTokenClaims> = {}): AccessTokenClaims => {
  const iat = Math.floor(Date.now() / 1000)
  return {
    ...{ iss: 'https://auth.example.com/p/acme', aud: 'https://mcp.example.com/mcp', sub: 'user_1', client_id: 'c_1' },
    ...{ scope: 'read', jti: randomUUID(), iat, exp: iat + 3_600 },
    ...fields,
  }
}
