/** The least UUIDv7 of a moment: ids before it were made earlier, it and those after it then or later. */
export const uuidBound = (moment: Date): string => {
  const time = Math.max(0, moment.getTime()).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

/** When a UUIDv7 was made, in whole milliseconds. */
export const uuidMoment = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))

/** The same bound in SQL, on the database's clock: so many days ago. `days` is an SQL expression; NULL gives NULL. */
export const uuidBoundSql = (days: string): string =>
  `(lpad(to_hex((extract(epoch FROM now() - make_interval(days => ${days})) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`
