import { statement } from '#lib/db/transaction.ts'
import type { OAuthContext } from '#lib/oauth/context.ts'
import { equalInConstantTime } from '#lib/oauth/hash.ts'
import { shortCodeHashOf } from '#lib/oauth/opaque-token.ts'
import type { EmailChallenge } from './challenge.ts'

/** Whether this address belongs to whoever reviews the customer's app, for a store: no mail goes there, a fixed code opens it. */
export async function isReviewer(projectId: string, email: string): Promise<boolean> {
  const { rows } = await statement(
    'is_reviewer',
    'SELECT 1 FROM project WHERE id = $1::uuid AND reviewer_email = $2 AND reviewer_code_hash IS NOT NULL AND reviewer_expires_at > now()',
    [projectId, email],
  )
  return rows.length > 0
}

/** The reviewer's user id, when this is their address and their code. Throws `tooManyRequests`: a code for months gets few tries. */
export async function reviewerFor({ purpose, email }: EmailChallenge, code: string, ctx: OAuthContext): Promise<string | null> {
  const { projectId } = ctx.issuer
  if (purpose !== 'sign-in') return null
  const { rows } = await statement<{ id: string; codeHash: string }>(
    'find_reviewer',
    `SELECT u.id, p.reviewer_code_hash AS "codeHash" FROM project p JOIN end_user u ON u.project_id = p.id AND u.email = p.reviewer_email
     WHERE p.id = $1::uuid AND p.reviewer_email = $2 AND p.reviewer_code_hash IS NOT NULL AND p.reviewer_expires_at > now()
       AND u.disabled_at IS NULL`,
    [projectId, email],
  )
  const [reviewer] = rows
  if (!reviewer) return null
  await ctx.limit('reviewer', projectId)
  return equalInConstantTime(reviewer.codeHash, shortCodeHashOf('reviewer', projectId, code, ctx.pepper)) ? reviewer.id : null
}
