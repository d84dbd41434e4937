/** Conditions that codes, refresh families and tokens have in common. `$1` is the project in every statement of the store. */

/** `row` (a code or a refresh family) still has its grant, its client and its user, and none of them cut it off since it was made. */
export const lives = (row: 'code' | 'family'): string =>
  `${grantLives(`${row}.grant_id`)} AND ${clientLives(`${row}.client_id`, `${row}.created_at`)} AND ${userLives(row)}`

export const grantLives = (grantId: string): string =>
  `EXISTS (SELECT 1 FROM oauth_grant WHERE oauth_grant.project_id = $1::uuid AND oauth_grant.id = ${grantId} AND oauth_grant.revoked_at IS NULL)`

export const clientLives = (clientId: string, madeAt: string): string =>
  `EXISTS (SELECT 1 FROM oauth_client WHERE oauth_client.project_id = $1::uuid AND oauth_client.client_id = ${clientId}
     AND oauth_client.revoked_at IS NULL AND (oauth_client.tokens_from IS NULL OR oauth_client.tokens_from <= ${madeAt}))`

/**
 * A user without a row is the customer's own: not ours to disable.
 * The time of the sign-in counts too: a row made while its user is being signed out everywhere may be younger than the
 * cut-off without having seen it, its sign-in is not. That time may come from a process's clock, which start-up
 * checks to be within five seconds of the database's.
 */
const userLives = (row: string): string =>
  `NOT EXISTS (SELECT 1 FROM end_user WHERE end_user.project_id = $1::uuid AND end_user.id = ${row}.user_id
     AND (end_user.disabled_at IS NOT NULL OR end_user.valid_from > ${row}.created_at
       OR end_user.valid_from > ${row}.auth_time + interval '5 seconds'))`

/** A grant that nobody ended: not it, its client or its user. Its tokens may have run out all the same. */
export const grantIsValid = (grant: string): string =>
  `${grant}.revoked_at IS NULL AND ${clientLives(`${grant}.client_id`, `${grant}.created_at`)}
   AND NOT EXISTS (SELECT 1 FROM end_user WHERE end_user.project_id = $1::uuid AND end_user.id = ${grant}.user_id
     AND (end_user.disabled_at IS NOT NULL OR end_user.valid_from > ${grant}.created_at))`

/**
 * Notes that a client was used, at most once an hour: `source` is a common table expression that has its `client_id`, in
 * one row or none. A subquery and not a join, so that the key is always found by both its columns.
 */
export const noteClientUsed = (source: string): string =>
  `UPDATE oauth_client SET last_used_at = now()
   WHERE project_id = $1::uuid AND client_id = (SELECT client_id FROM ${source})
     AND (last_used_at IS NULL OR last_used_at < now() - interval '1 hour')`

/** What its user's claims are made of, as a column: read along with the row, so that no token waits for another round trip. */
export const attributesOf = (row: 'code' | 'family'): string =>
  `(SELECT end_user.attributes FROM end_user WHERE end_user.project_id = $1::uuid AND end_user.id = ${row}.user_id) AS user_attributes`
