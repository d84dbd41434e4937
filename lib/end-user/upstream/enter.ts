import { statement, type Transaction, UniqueViolation } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { newUserId } from '#lib/oauth/identifier.ts'
import { admit } from '../admit.ts'
import type { Back } from '../attempt.ts'
import type { Destination } from '../destination.ts'
import { keepTokens } from './kept-tokens.ts'
import type { Profile } from './profile.ts'
import type { Provider } from './provider.ts'
import type { Arrived } from './way.ts'

/** `listed` false: known by this identity alone, without a row of their own. */
type Known = { readonly userId: string; readonly listed: boolean; readonly disabled: boolean }

/**
 * Lets somebody in whom a provider has named. An equal e-mail address never makes two people one: whoever owns an address at a provider
 * is not for that reason the owner of an account here (B15).
 */
export async function enterAs(
  arrived: Arrived,
  provider: Provider,
  destination: Destination,
  back: Back,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const known = await findIdentity(ctx.issuer.projectId, provider.issuer, arrived.subject)
  if (known?.disabled) return back('disabled')
  if (!known && !ctx.issuer.signUpOpen) return back('closed')
  const entry: Entry = { arrived, provider, destination, known, profile: known?.listed ? null : await arrived.profile() }
  try {
    return await letIn(entry, ctx)
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    return enterAfterAll(entry, back, ctx)
  }
}

type Entry = {
  readonly arrived: Arrived
  readonly provider: Provider
  readonly destination: Destination
  readonly known: Known | null
  /** For a row that is to be made. */
  readonly profile: Profile | null
}

/** Somebody was there before: themselves in another tab, or somebody else with that address. */
async function enterAfterAll(entry: Entry, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  const { arrived, provider, profile } = entry
  const known = await findIdentity(ctx.issuer.projectId, provider.issuer, arrived.subject)
  if (known?.disabled) return back('disabled')
  if (known?.listed) return letIn({ ...entry, known, profile: null }, ctx)
  // A user already, whom a trusted issuer has named: they come in, without the address that is somebody else's.
  if (known && profile) return letIn({ ...entry, known, profile: { ...profile, email: null } }, ctx)
  return back('email_taken')
}

function letIn({ arrived, provider, destination, known, profile }: Entry, ctx: OAuthContext): Promise<OAuthResult> {
  const { projectId } = ctx.issuer
  const userId = known?.userId ?? newUserId()
  return admit(
    destination,
    { action: known ? 'user.signed_in' : 'user.signed_up', way: 'upstream' },
    async (tx) => {
      if (profile) await makeUser(tx, projectId, userId, profile)
      if (!known) await tx.externalIdentity.create({ data: { projectId, issuer: provider.issuer, subject: arrived.subject, userId } })
      if (provider.keepTokens) await keepTokens(tx, { projectId, userId, provider }, arrived.tokens)
      return userId
    },
    ctx,
  )
}

/** Throws `UniqueViolation` when the address has an account. */
async function makeUser(tx: Transaction, projectId: string, id: string, { email, name }: Profile): Promise<void> {
  await tx.endUser.create({ data: { projectId, id, email, name } })
  await tx.$executeRaw`
    UPDATE end_user SET email_verified_at = now() WHERE project_id = ${projectId}::uuid AND id = ${id} AND email IS NOT NULL`
}

async function findIdentity(projectId: string, issuer: string, subject: string): Promise<Known | null> {
  const { rows } = await statement<Known>(
    'find_upstream_identity',
    `SELECT i.user_id AS "userId", u.id IS NOT NULL AS listed, u.disabled_at IS NOT NULL AS disabled
     FROM external_identity i LEFT JOIN end_user u ON u.project_id = i.project_id AND u.id = i.user_id
     WHERE i.project_id = $1::uuid AND i.issuer = $2 AND i.subject = $3`,
    [projectId, issuer, subject],
  )
  return rows[0] ?? null
}
