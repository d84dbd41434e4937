import type { Client, ReadAt } from '#lib/oauth/store.ts'
import { type ClientRow, clientOf, FIND_CLIENT } from './clients.ts'
import { repeatable } from './repeatable.ts'

type Both<Row> = { client: ClientRow | null; found: Row | null }

/**
 * A client ($2 of `values`) and the row that `find` looks for ($3, which it calls $2), each as JSON: of what a token request costs,
 * round trips are most.
 */
export async function findClientWith<Row, Found>(
  name: string,
  find: string,
  values: readonly string[],
  foundOf: (row: Row) => Found,
): Promise<{ client: (Client & ReadAt) | null; found: Found | null }> {
  const text = `SELECT (SELECT row_to_json(client) FROM (${FIND_CLIENT}) AS client) AS client,
    (SELECT row_to_json(found) FROM (${find.replaceAll('$2', '$3')}) AS found) AS found`
  const { rows } = await repeatable<Both<Row>>(name, text, values)
  const { client = null, found = null } = rows[0] ?? {}
  return { client: client && clientOf(client), found: found && foundOf(found) }
}
