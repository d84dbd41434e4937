import { parseEmailAddress } from '#lib/email-address.ts'
import type { OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

const KNOWN = `SELECT user_id FROM external_identity WHERE project_id = $1::uuid AND issuer = $2 AND subject = $3`

const withState = (found: string): string => `
  SELECT found.user_id, EXISTS (
    SELECT 1 FROM end_user WHERE project_id = $1::uuid AND id = found.user_id AND disabled_at IS NOT NULL) AS disabled
  FROM ${found} AS found`

/**
 * An address counts as a user's own only once the user has proven it: whoever signed up first with somebody else's address would
 * otherwise get that person's tokens.
 */
const LINK = `
  WITH known AS (${KNOWN}), namesake AS (
    SELECT id, disabled_at FROM end_user WHERE project_id = $1::uuid AND email = $4 AND email_verified_at IS NOT NULL
  ), linked AS (
    INSERT INTO external_identity (project_id, issuer, subject, user_id, created_at)
    SELECT $1::uuid, $2, $3, coalesce((SELECT id FROM namesake), $5), now()
    WHERE NOT EXISTS (SELECT 1 FROM known) AND NOT EXISTS (SELECT 1 FROM namesake WHERE disabled_at IS NOT NULL)
    ON CONFLICT DO NOTHING
    RETURNING user_id
  ), recorded AS (${auditInsert(6, 'linked', 'user_id')})
  ${withState('(SELECT user_id FROM known UNION ALL SELECT user_id FROM linked)')}`

/** Nothing was answered: a disabled namesake stood in the way, or another request was faster and its row could not be seen yet. */
const FIND = withState(`(${KNOWN})`)

type Row = { user_id: string; disabled: boolean }

export const identities = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'linkIdentity'> => ({
  linkIdentity: async ({ issuer, subject, email }, newUserId, event) => {
    const key = [projectId, issuer, subject]
    const values = [...key, email && parseEmailAddress(email), newUserId, ...auditValues(event, address)]
    const linked = await repeatable<Row>('link_identity', LINK, values)
    const row = linked.rows[0] ?? (await repeatable<Row>('find_identity', FIND, key)).rows[0]
    return row && !row.disabled ? row.user_id : null
  },
})
