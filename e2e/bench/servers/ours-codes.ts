import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { CODE_CHALLENGE, inBatches, REDIRECT_URI, RESOURCE, SCOPE, sha256 } from './target.ts'

const USER = 'user_bench'

/** The rows a consent leaves behind: consenting a few thousand times in a browser's place would take longer than the bench. */
const CONSENTED = `
  WITH minted AS (SELECT * FROM unnest($2::uuid[], $3::text[]) AS m (grant_id, code_hash)),
  granted AS (
    INSERT INTO oauth_grant (project_id, id, client_id, user_id, redirect_uri, scope, resources)
    SELECT $1, grant_id, $4, $5, $6, $7, $8 FROM minted
  )
  INSERT INTO authorization_code (project_id, code_hash, grant_id, request_id_hash, issuer, client_id, user_id, redirect_uri,
    redirect_uri_sent, code_challenge, scope, resources, auth_time, expires_at)
  SELECT $1, code_hash, grant_id, code_hash, $9, $4, $5, $6, true, $10, $7, $8, now(), now() + interval '10 minutes' FROM minted`

export type Setting = { pool: pg.Pool; pepper: string; projectId: string; issuer: string; clientId: string }

export async function mintCodes({ pool, pepper, projectId, issuer, clientId }: Setting, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, () => {
    const random = randomBytes(32).toString('base64url')
    return `gate_ac_${random}.${createHmac('sha256', pepper).update(`code\0${random}`).digest('base64url')}`
  })
  await inBatches(count, 500, async (from, to) => {
    const batch = codes.slice(from, to)
    const grants = batch.map(() => randomUUID())
    const rest = [clientId, USER, REDIRECT_URI, SCOPE, JSON.stringify([RESOURCE]), issuer, CODE_CHALLENGE]
    await pool.query(CONSENTED, [projectId, grants, batch.map(sha256), ...rest])
  })
  return codes
}

export async function createUser(pool: pg.Pool, slug: string): Promise<string> {
  const { rows } = await pool.query('SELECT id FROM project WHERE slug = $1', [slug])
  const projectId = rows[0].id
  await pool.query(`INSERT INTO end_user (project_id, id, email) VALUES ($1, $2, 'bench@example.com')`, [projectId, USER])
  return projectId
}
