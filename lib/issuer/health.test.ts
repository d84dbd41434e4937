import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Installation, newInstallation } from '#lib/cli/backup/fixtures.ts'
import { closeDatabase } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { health as answer } from '#lib/http/health.ts'
import { newSetting } from '#lib/management/fixtures.ts'
import { health, mayServe, takesRequests } from './health.ts'

const server = requireDatabase()
let installation: Installation

beforeAll(async () => {
  installation = await newInstallation(server)
  process.env.DATABASE_URL = installation.url // before the first connection, which reads it
}, 60_000)
afterAll(() => closeDatabase())

it('tells what works, and to whom requests may go, as each thing breaks', async () => {
  const said = async () => {
    const [facts, { status, headers }] = [await health(), await answer()]
    const takes = await takesRequests()
    expect(mayServe(facts)).toBe(takes)
    return { ...facts, takesRequests: takes, status, retryAfter: headers.get('retry-after') }
  }
  const fine = { database: true, migrations: true, signingKeys: true, mail: false, takesRequests: true, status: 200, retryAfter: null }
  expect(await said()).toEqual(fine)
  await newSetting()
  expect(await said()).toEqual(fine)

  await installation.ask(`UPDATE signing_key SET sealed_private = 'AQ' || substr(sealed_private, 3, 20) || sealed_private`)
  expect(await said()).toEqual({ ...fine, signingKeys: false })

  const unready = { ...fine, signingKeys: false, takesRequests: false, status: 503, retryAfter: '5' }
  await installation.ask('DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)')
  expect(await said()).toEqual({ ...unready, migrations: false })

  await installation.remove()
  expect(await said()).toEqual({ ...unready, database: false, migrations: null, signingKeys: null })
})
