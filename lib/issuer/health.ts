import { statement, Unavailable } from '#lib/db/transaction.ts'

/** Whether the database takes a query now. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await statement('health', 'SELECT 1', [])
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
