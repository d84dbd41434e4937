import { read } from '#lib/db/transaction.ts'
import type { PublicJwk } from '#lib/keys/signing-key.ts'
import { verifySignedJwt } from '#lib/oauth/signed-jwt.ts'
import type { ManagementContext } from '../context.ts'
import { bad, type Finding, good } from './finding.ts'
import type { Unpacked } from './unpack.ts'

/** `isOurs`: one of this project's keys signed it, whatever became of that key since. */
export type Signed = { readonly isOurs: boolean; readonly finding: Finding }

const foreign = (value: string | null, words: string): Signed => ({ isOurs: false, finding: bad('Signature', value, words) })

/** By which of the project's keys, revoked and retired ones too, so that it can be said why a server refuses it. */
export async function signatureOf(ctx: ManagementContext, token: string, { header }: Unpacked, now: Date): Promise<Signed> {
  const { alg, kid } = header
  if (typeof alg !== 'string' || !/^(?:RS|PS|ES)\d{3}$|^EdDSA$/.test(alg))
    return foreign(
      shown(alg),
      'Not one of this project’s: nobody signed it, or somebody with a shared secret. Every server has to refuse it.',
    )
  const key = typeof kid === 'string' && /^[\w-]{1,200}$/.test(kid) ? await keyOf(ctx, kid) : null
  if (!key) return foreign(shown(kid), 'Not one of this project’s: none of its keys has this kid.')
  if (key.algorithm !== alg) return foreign(alg, `Not one of this project’s: the key it names signs with ${key.algorithm}.`)
  const signed = await verifySignedJwt(token, async () => ({ keys: [JSON.parse(key.publicJwk) as PublicJwk] }))
  if (!signed)
    return foreign(key.kid, 'Not one of this project’s: the signature does not fit. Somebody changed it, or part of it is missing.')
  return { isOurs: true, finding: standingOf(key, now) }
}

type Key = NonNullable<Awaited<ReturnType<typeof keyOf>>>

const keyOf = ({ project }: ManagementContext, kid: string) =>
  read((db) =>
    db.signingKey.findFirst({
      where: { projectId: project.id, kid },
      select: { kid: true, algorithm: true, state: true, publicJwk: true, expiresAt: true },
    }),
  )

function standingOf({ kid, algorithm, state, expiresAt }: Key, now: Date): Finding {
  if (state === 'revoked') return bad('Signature', kid, 'The key that signed it is revoked, and everything it signed with it.')
  if (state === 'previous' && expiresAt !== null && expiresAt <= now)
    return bad('Signature', kid, 'The key that signed it is retired, and is in the JWKS no more.')
  return good('Signature', kid, `${algorithm}, by a key of this project that is in its JWKS.`)
}

const shown = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 200) : null)
