import { BATCH, rowsById } from '#lib/db/batches.ts'
import { statement } from '#lib/db/transaction.ts'
import { CODE, ISSUED_ROWS, REFUSED, rowsBetween, TALLY_COLUMNS } from './tally.ts'

export const DAY_MS = 86_400_000

/** How many days back are ever asked for: twice the longest range. */
export const DAYS_KEPT_READY = 180

/** When a day is over for good: a transaction that began in it has ended, and every process has written what it counted. */
const SETTLED_AFTER_MS = 10 * 60_000

/** UTC. */
export const startOfDay = (moment: Date): Date => new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS)

/** Where the days end that are rolled up; what comes later is counted live. */
export const settledUntil = (now: Date): Date => startOfDay(new Date(now.getTime() - SETTLED_AFTER_MS))

/**
 * Every kind has a row also where there was none of it: a day with rows is a day that was rolled up.
 * One statement, so a day has all of its rows or none; who comes second changes nothing.
 */
const ROLL_UP = `
  INSERT INTO usage_day (project_id, day, kind, key, count)
  SELECT $1::uuid, $6::date, kind, key, count FROM (
    SELECT counted.kind, '' AS key, counted.count FROM (SELECT ${TALLY_COLUMNS} FROM ${ISSUED_ROWS}) AS tally
    CROSS JOIN LATERAL (VALUES ('tokens', tokens), ('refreshes', refreshes), ('active_users', "activeUsers"), ('active_clients', "activeClients"))
      AS counted (kind, count)
    UNION ALL
    SELECT 'errors', ${CODE}, sum(count)::int FROM event_counter
    WHERE project_id = $1::uuid AND hour >= $4::timestamptz AND hour < $5::timestamptz AND ${REFUSED} GROUP BY 2
  ) AS day ORDER BY kind, key
  ON CONFLICT (project_id, day, kind, key) DO NOTHING`

/** Writes what one finished day (its start, UTC) came to. */
async function rollUpDay(projectId: string, day: Date): Promise<void> {
  const span = { from: day, until: new Date(day.getTime() + DAY_MS) }
  await statement('roll_up_usage', ROLL_UP, [...rowsBetween(projectId, span), day.toISOString().slice(0, 10)], { repeatable: true })
}

/** Each as the milliseconds at which it begins. */
const DAYS_NOT_ROLLED_UP = `
  SELECT (extract(epoch FROM start) * 1000)::float8 AS start
  FROM project, generate_series(
    greatest($2::timestamptz, date_trunc('day', created_at, 'UTC')), $3::timestamptz - interval '1 day', interval '24 hours') AS start
  WHERE project.id = $1::uuid AND NOT EXISTS (
    SELECT 1 FROM usage_day WHERE project_id = $1::uuid AND day = (start AT TIME ZONE 'UTC')::date AND kind = 'tokens' AND key = '')
  ORDER BY 1`

/**
 * Rolls up the finished days of a project that are not yet, as far back as anybody may ask and as the project goes.
 * Each costs one look at its own rows, once. Several processes at once do no harm. Throws `Unavailable`.
 */
export async function rollUpUsage({ projectId, now }: { projectId: string; now: Date }): Promise<void> {
  const until = settledUntil(now)
  const from = new Date(until.getTime() - DAYS_KEPT_READY * DAY_MS)
  const { rows } = await statement<{ start: number }>('find_days_to_roll_up', DAYS_NOT_ROLLED_UP, [projectId, from, until])
  for (const { start } of rows) await rollUpDay(projectId, new Date(start))
}

const NOT_ROLLED_UP = `
  SELECT id FROM project WHERE id > $1::uuid AND deleted_at IS NULL AND created_at < $2::timestamptz + interval '1 day'
    AND NOT EXISTS (SELECT 1 FROM usage_day WHERE project_id = project.id AND day = ($2::timestamptz AT TIME ZONE 'UTC')::date AND kind = 'tokens' AND key = '')
  ORDER BY id LIMIT ${BATCH}`

/** For housekeeping: every project whose yesterday is not rolled up. Answers how many there were. Throws `Unavailable`. */
export async function rollUpEveryProject(now: Date = new Date()): Promise<number> {
  const yesterday = new Date(settledUntil(now).getTime() - DAY_MS)
  let done = 0
  for await (const { id } of rowsById('find_projects_to_roll_up', NOT_ROLLED_UP, [yesterday])) {
    await rollUpUsage({ projectId: id, now })
    done++
  }
  return done
}
