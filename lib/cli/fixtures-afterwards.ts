import pg from 'pg'

/** Of a whole test run: whoever serves this database next must not go on sending to the endpoints that tests made up. */
export async function teardown(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('UPDATE webhook_endpoint SET disabled_at = now() WHERE disabled_at IS NULL')
  await client.end()
}
