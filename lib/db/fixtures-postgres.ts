import { randomUUID } from 'node:crypto'
import type { OAuthStore, SecretKind } from '#lib/oauth/store.ts'
import type { Outside } from './memory-store.ts'
import { oauthStore } from './oauth-store.ts'
import { statement } from './transaction.ts'

/** Call it before anything reads the configuration: tests without the runner bring their own secrets, never their own database. */
export function requireDatabase(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is missing: these tests need a migrated PostgreSQL, as npm test starts one')
  process.env.BASE_URL ??= 'http://localhost:3000'
  for (const name of ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER']) process.env[name] ??= `${name} of tests without the runner`
  return url
}

/** A place where promises of the store can be tried. */
export type World = {
  readonly store: OAuthStore
  readonly outside: Outside
  /** Actions of the audit log, oldest first. */
  actions(): Promise<string[]>
  /** On the clock that `pass` moves. */
  now(): Date
  /** Lets so much time pass. */
  pass(seconds: number): Promise<void>
}

/** A project of its own in the database that DATABASE_URL names. */
export function postgresWorld(): World & { readonly projectId: string } {
  const projectId = randomUUID()
  return {
    projectId,
    store: oauthStore(projectId),
    outside: outsideOf(projectId),
    actions: async () => {
      const text = 'SELECT action FROM audit_event WHERE project_id = $1 ORDER BY at, id'
      const { rows } = await statement<{ action: string }>('test_actions', text, [projectId])
      return rows.map(({ action }) => action)
    },
    now: () => new Date(),
    pass: async (seconds) => {
      for (const [table, columns] of Object.entries(TIMES)) {
        const set = columns.map((column) => `${column} = ${column} - make_interval(secs => $2)`).join(', ')
        await statement(`test_pass_${table}`, `UPDATE ${table} SET ${set} WHERE project_id = $1`, [projectId, seconds])
      }
    },
  }
}

/** Time passes by making every row older. */
const TIMES = {
  oauth_client: ['created_at', 'last_used_at', 'touched_at', 'tokens_from', 'revoked_at', 'previous_secret_expires_at', 'document_read_at'],
  end_user: ['created_at', 'valid_from', 'disabled_at'],
  end_user_session: ['created_at', 'expires_at'],
  device_authorization: ['created_at', 'expires_at', 'last_polled_at'],
  authorization_request: ['created_at', 'expires_at', 'answered_at', 'auth_time_from'],
  oauth_grant: ['created_at', 'revoked_at'],
  authorization_code: ['created_at', 'expires_at', 'redeemed_at', 'auth_time'],
  refresh_family: [
    ...['created_at', 'auth_time', 'idle_expires_at', 'absolute_expires_at', 'previous_valid_until', 'rotated_at', 'revoked_at'],
  ],
  pushed_request: ['created_at', 'expires_at'],
  used_assertion: ['expires_at'],
  revoked_token: ['revoked_at', 'expires_at'],
  credential_misuse: ['created_at'],
  project_secret: ['created_at', 'expires_at', 'last_used_at'],
  trusted_issuer: ['created_at'],
  signing_key: ['created_at', 'activated_at', 'retired_at', 'expires_at'],
}

function outsideOf(projectId: string): Outside {
  const run = async (name: string, text: string, ...values: string[]): Promise<void> => {
    const { rowCount } = await statement(`test_${name}`, text, [projectId, ...values])
    if (rowCount !== 1) throw new Error(`${name}: there is no such row`)
  }
  return {
    addSecret: (kind: SecretKind, secretHash) =>
      run(
        'add_secret',
        "INSERT INTO project_secret (project_id, id, kind, secret_hash, last_four) VALUES ($1, $2, $3, $4, 'abcd')",
        ...[randomUUID(), kind, secretHash],
      ),
    revokeClient: (id) => run('revoke_client', 'UPDATE oauth_client SET revoked_at = now() WHERE project_id = $1 AND client_id = $2', id),
    cutOffClient: (id) => run('cut_off_client', 'UPDATE oauth_client SET tokens_from = now() WHERE project_id = $1 AND client_id = $2', id),
    addUser: (id, email = `${id}@example.com`) =>
      run('add_user', 'INSERT INTO end_user (project_id, id, email) VALUES ($1, $2, $3)', id, email),
    verifyEmail: (id) => run('verify_email', 'UPDATE end_user SET email_verified_at = now() WHERE project_id = $1 AND id = $2', id),
    setAttributes: (id, attributes) =>
      run('set_attributes', 'UPDATE end_user SET attributes = $3 WHERE project_id = $1 AND id = $2', id, attributes),
    disableUser: (id) => run('disable_user', 'UPDATE end_user SET disabled_at = now() WHERE project_id = $1 AND id = $2', id),
    signOutEverywhere: (id) => run('sign_out', 'UPDATE end_user SET valid_from = now() WHERE project_id = $1 AND id = $2', id),
    trustWorkloads: (issuer) =>
      run(
        'trust_workloads',
        "INSERT INTO trusted_issuer (project_id, id, kind, issuer, jwks) VALUES ($1, $2, 'workload', $3, '{}')",
        ...[randomUUID(), issuer],
      ),
    distrustWorkloads: (issuer) => run('distrust_workloads', 'DELETE FROM trusted_issuer WHERE project_id = $1 AND issuer = $2', issuer),
  }
}
