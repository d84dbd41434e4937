export const SCHEMA = `
  CREATE TABLE secret (kind text NOT NULL, secret_hash text PRIMARY KEY);
  CREATE TABLE client (client_id text PRIMARY KEY, name text, redirect_uris text NOT NULL, secret_hash text, created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE code (code_hash text PRIMARY KEY, client_id text NOT NULL, user_id text NOT NULL, redirect_uri text NOT NULL,
    challenge text NOT NULL, scope text NOT NULL, expires_at timestamptz NOT NULL, redeemed_at timestamptz);
  CREATE TABLE family (id uuid PRIMARY KEY, client_id text NOT NULL, user_id text NOT NULL, scope text NOT NULL, generation int NOT NULL,
    current_hash text NOT NULL, previous_hash text, expires_at timestamptz NOT NULL, revoked_at timestamptz) WITH (fillfactor = 60);
  CREATE TABLE access_token (token_hash text PRIMARY KEY, client_id text NOT NULL, sub text NOT NULL, scope text NOT NULL, expires_at timestamptz NOT NULL);`

/** What is there before the first request. */
export const BEGIN = {
  secrets: `INSERT INTO secret VALUES ('registration', $1), ('server', $2)`,
  clients: `INSERT INTO client (client_id, redirect_uris, secret_hash) VALUES ('confidential', '[]', $1), ('public', $2, NULL)`,
  token: `INSERT INTO access_token VALUES ($1, 'public', 'user', $2, now() + interval '1 day')`,
  codes: `INSERT INTO code SELECT hash, 'public', 'user', $2, $3, $4, now() + interval '10 minutes' FROM unnest($1::text[]) hash`,
}

const NOW = 'extract(epoch FROM now())::bigint AS now'

/** One per operation; named, so that PostgreSQL plans it once per connection. */
export const statements = {
  register: {
    name: 'register',
    text: `INSERT INTO client (client_id, name, redirect_uris)
           SELECT $2, $3, $4 WHERE EXISTS (SELECT FROM secret WHERE secret_hash = $1 AND kind = 'registration') RETURNING ${NOW}`,
  },
  client: { name: 'client', text: `SELECT secret_hash, ${NOW} FROM client WHERE client_id = $1` },
  redeem: {
    name: 'redeem',
    text: `WITH spent AS (
             UPDATE code SET redeemed_at = now()
             WHERE code_hash = $1 AND client_id = $2 AND redirect_uri = $3 AND challenge = $4 AND redeemed_at IS NULL AND expires_at > now()
             RETURNING client_id, user_id, scope
           )
           INSERT INTO family (id, client_id, user_id, scope, generation, current_hash, expires_at)
           SELECT $5, client_id, user_id, scope, 1, $6, now() + interval '30 days' FROM spent RETURNING user_id, scope, ${NOW}`,
  },
  rotate: {
    name: 'rotate',
    text: `UPDATE family SET current_hash = $3, previous_hash = $2, generation = generation + 1, expires_at = now() + interval '30 days'
           WHERE id = $1 AND current_hash = $2 AND client_id = $4 AND revoked_at IS NULL AND expires_at > now()
           RETURNING user_id, scope, ${NOW}`,
  },
  introspect: {
    name: 'introspect',
    text: `SELECT t.client_id, t.sub, t.scope, extract(epoch FROM t.expires_at)::bigint AS exp
           FROM secret s LEFT JOIN access_token t ON t.token_hash = $2 AND t.expires_at > now()
           WHERE s.secret_hash = $1 AND s.kind = 'server'`,
  },
  revoke: {
    name: 'revoke',
    text: 'UPDATE family SET revoked_at = now() WHERE id = $1 AND current_hash = $2 AND client_id = $3 AND revoked_at IS NULL',
  },
}
