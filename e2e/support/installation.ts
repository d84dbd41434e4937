import { fileURLToPath } from 'node:url'

/** Where the repository lies: child processes start there. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: these tests need the servers that \`npm test\` starts`)
  return value
}

/** The origin under test: BASE_URL of the installation, and where its first process listens. */
export const target = (): string => given('GATEHOUSE_TARGET')

/** Where a second process of the same installation listens: the same database, the same BASE_URL. */
export const second = (): string => given('GATEHOUSE_SECOND')

/** The origin of an installation behind Next's own server, on the same database; null when none was started. */
export const nextDoor = (): string | null => process.env.GATEHOUSE_NEXT || null

export const databaseUrl = (): string => given('DATABASE_URL')
