import { open, SealBroken } from '#lib/keys/seal.ts'

/** One endpoint's signing secrets as they are kept. */
export type SealedSecrets = {
  readonly projectId: string
  readonly id: string
  readonly sealedSecret: string
  readonly sealedPreviousSecret: string | null
  readonly previousSecretExpiresAt: Date | null
}

/**
 * Those that sign at `now`: the one that counts, and the one before it until its overlap ends. An old one that does not open is left
 * out: it must not stop the new one. Throws `SealBroken` when the one that counts does not open.
 */
export function signingSecrets(endpoint: SealedSecrets, now: Date): string[] {
  const { projectId, id, sealedSecret, sealedPreviousSecret, previousSecretExpiresAt } = endpoint
  const current = open(sealedSecret, { projectId, kind: 'webhook-secret', id })
  if (sealedPreviousSecret === null || (previousSecretExpiresAt && previousSecretExpiresAt <= now)) return [current]
  const previous = openedOrNull(endpoint, sealedPreviousSecret)
  return previous === null ? [current] : [current, previous]
}

/** Whether the secret that counts can sign: nothing is sent without it. */
export const secretOpens = (endpoint: Pick<SealedSecrets, 'projectId' | 'id' | 'sealedSecret'>): boolean =>
  openedOrNull(endpoint, endpoint.sealedSecret) !== null

function openedOrNull({ projectId, id }: Pick<SealedSecrets, 'projectId' | 'id'>, sealed: string): string | null {
  try {
    return open(sealed, { projectId, kind: 'webhook-secret', id })
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
