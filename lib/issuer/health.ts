import { missingMigrations } from '#lib/db/migrations.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { checkKeys } from '#lib/keys/check.ts'
import { SealBroken } from '#lib/keys/seal.ts'

/** How this installation is. Nothing here is of one project, and nothing tells where anything is. */
export type Health = {
  /** Takes a query now. */
  readonly database: boolean
  /** It has every migration of this release; null: it did not say. */
  readonly migrations: boolean | null
  /** KEY_ENCRYPTION_KEY opens them; null: nobody said. */
  readonly signingKeys: boolean | null
  /** A mail server is configured. */
  readonly mail: boolean
}

/** Asks the database now. */
export async function health(): Promise<Health> {
  const mail = env().SMTP_URL !== undefined
  try {
    const [missing, signingKeys] = await Promise.all([missingMigrations(), keysOpen()])
    return { database: true, migrations: missing.length === 0, signingKeys, mail }
  } catch (error) {
    if (error instanceof Unavailable) return { database: false, migrations: null, signingKeys: null, mail }
    throw error
  }
}

async function keysOpen(): Promise<boolean> {
  try {
    await checkKeys()
    return true
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

/** What `takesRequests` says, of an installation that was looked at already. */
export const mayServe = ({ migrations }: Health): boolean => migrations === true

/**
 * Whether requests should come to this process: asked every few seconds, so it looks at no more than decides that. A key that does not
 * open is one project's, or one that no process opens: to send requests elsewhere, or nowhere, helps nobody.
 */
export async function takesRequests(): Promise<boolean> {
  try {
    return (await missingMigrations()).length === 0
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
