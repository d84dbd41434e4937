// The installation's database: DATABASE_URL's, or an embedded PostgreSQL of our own.
import { step } from './step.mjs'
import { root } from './steps.mjs'

/** Opens and migrates it. `stop` ends the embedded server when nobody else uses it. */
export async function openDatabase({ migrated = true } = {}) {
  const database = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop: async () => {} } : await embedded()
  try {
    if (migrated) await applyMigrations(database.url)
  } catch (error) {
    await database.stop()
    throw error
  }
  return database
}

async function embedded() {
  const { startPostgres } = await import('./postgres.mjs')
  const text = (database) => (database.joined ? null : 'PostgreSQL started')
  return step('starting PostgreSQL', text, () => startPostgres({ root }))
}

async function applyMigrations(url) {
  const { migrate } = await import('./migrate.mjs') // needs a package
  const text = (applied) => (applied.length === 0 ? null : `database migrated (${applied.length} applied)`)
  await step('migrating the database', text, () => migrate(url))
}
