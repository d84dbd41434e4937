import type { Transaction } from '#lib/db/transaction.ts'

/** The database's now(), which is what the protocol compares stored moments with. */
export async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`
  if (!row) throw new Error('SELECT now() gave no row')
  return row.now
}

export const hoursLater = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * 3_600_000)
