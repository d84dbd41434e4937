import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { apiKeySamples } from './api-keys/samples.ts'
import { auditLogSamples } from './audit-log/samples.ts'
import { checkSamples } from './checks/samples.ts'
import { clientSamples } from './clients/samples.ts'
import { type ManagementContext, type OrganisationContext, permissionsOf, ROLES, type Role } from './context.ts'
import { domainSamples } from './domains/samples.ts'
import { CALLER, newMember, newSetting, type Setting } from './fixtures.ts'
import { grantSamples } from './grants/samples.ts'
import { invitationSamples } from './invitations/samples.ts'
import { keySamples } from './keys/samples.ts'
import { logoSamples } from './logo/samples.ts'
import { mailSamples } from './mails/samples.ts'
import { organisationContextOf, projectContextOf } from './members/contexts.ts'
import { memberSamples } from './members/samples.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { organisationSamples } from './organisations/samples.ts'
import { projectSamples } from './projects/samples.ts'
import { readinessSamples } from './readiness/samples.ts'
import { resourceSamples } from './resources/samples.ts'
import { reviewerSamples } from './reviewer/samples.ts'
import type { Sample, Samples } from './samples.ts'
import { savedViewSamples } from './saved-views/samples.ts'
import { scopeSamples } from './scopes/samples.ts'
import { searchSamples } from './search-hits/samples.ts'
import { secretSamples } from './secrets/samples.ts'
import { tokenSamples } from './tokens/samples.ts'
import { trustedIssuerSamples } from './trusted-issuers/samples.ts'
import { upstreamProviderSamples } from './upstream-providers/samples.ts'
import { usageSamples } from './usage/samples.ts'
import { userSamples } from './users/samples.ts'
import { webhookSamples } from './webhooks/samples.ts'

const samples: Samples = {
  ...invitationSamples,
  ...memberSamples,
  ...organisationSamples,
  ...apiKeySamples,
  ...auditLogSamples,
  ...clientSamples,
  ...domainSamples,
  ...resourceSamples,
  ...scopeSamples,
  ...trustedIssuerSamples,
  ...grantSamples,
  ...projectSamples,
  ...keySamples,
  ...logoSamples,
  ...mailSamples,
  ...reviewerSamples,
  ...secretSamples,
  ...upstreamProviderSamples,
  ...savedViewSamples,
  ...searchSamples,
  ...webhookSamples,
  ...userSamples,
  ...usageSamples,
  ...checkSamples,
  ...readinessSamples,
  ...tokenSamples,
}

const cases = operations.map((operation) => ({ id: operation.id, operation, sample: samples[operation.id] ?? missing(operation.id) }))

function missing(id: string): Sample {
  return {
    input: () => {
      throw new Error(`${id} has no sample`)
    },
  }
}

type Seen = { readonly organisation: OrganisationContext; readonly project: ManagementContext }

/** The setting in the eyes of another member of its organisation. */
async function seenBy(role: Role, { owner, ctx }: Setting, { of }: Operation): Promise<Seen> {
  const memberId = await newMember(role, owner.organisation.id)
  const organisation = await organisationContextOf(memberId, CALLER)
  if (of === 'organisation') return { organisation, project: ctx }
  return { organisation, project: await projectContextOf(memberId, ctx.project.slug, CALLER) }
}

const run = (operation: Operation, seen: Seen, input: unknown): Promise<unknown> =>
  operation.of === 'project' ? operation.run(seen.project, input) : operation.run(seen.organisation, input)

const logOf = (operation: Operation, { owner, ctx }: Setting): string =>
  operation.of === 'project' ? ctx.project.id : owner.organisation.id

let everything: Promise<string> | undefined

/** One statement for every table that knows organisations or projects, so that a table made tomorrow is in it. */
async function everythingOf(): Promise<string> {
  const columns = await prisma().$queryRaw<{ name: string; column: string }[]>`
    SELECT table_name AS name, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'event_counter'
      AND (column_name IN ('project_id', 'organisation_id') OR (table_name = 'organisation' AND column_name = 'id'))`
  return columns
    .map(
      ({ name, column }) =>
        `SELECT '${name}.${column}' AS "table", row_to_json(t)::text AS row FROM "${name}" AS t WHERE "${column}" IN ($1::uuid, $2::uuid)`,
    )
    .join(' UNION ALL ')
}

/** All rows of an organisation and its project, and what they say. */
async function contentOf({ owner, ctx }: Setting): Promise<unknown> {
  everything ??= everythingOf()
  return prisma().$queryRawUnsafe(`${await everything} ORDER BY 1, 2`, ctx.project.id, owner.organisation.id)
}

const rowsIn = async (projectId: string) => prisma().auditEvent.findMany({ where: { projectId }, orderBy: { id: 'asc' } })

it('every operation has a sample and a place of its own', () => {
  expect(Object.keys(samples).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
  const places = operations.map(({ of, method, path }) => `${of} ${method} ${path.replace(/\{\w+\}/g, '{}')}`)
  expect(new Set(places).size).toBe(places.length)
})

it('every operation says what it answers', () => {
  expect(operations.flatMap(({ id, output }) => (output ? [] : [id]))).toEqual([])
})

let stranger: Setting

beforeAll(async () => {
  stranger = await newSetting()
})

describe.each(cases)('$id', ({ operation, sample }) => {
  const { permission, audit } = operation
  const [may, mayNot] = [
    ROLES.filter((role) => permissionsOf(role).has(permission)),
    ROLES.filter((role) => !permissionsOf(role).has(permission)),
  ]
  let setting: Setting

  beforeAll(async () => {
    setting = await newSetting()
  })

  it.runIf(sample.byId)('finds nothing by the ids of another organisation, and changes nothing there', async () => {
    const input = await sample.input(setting)
    const before = [await contentOf(setting), await contentOf(stranger)]
    await expect(run(operation, { organisation: stranger.owner, project: stranger.ctx }, input)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect([await contentOf(setting), await contentOf(stranger)]).toEqual(before)
  })

  it.runIf(operation.recent)('asks a member who has not proved of late who they are to do so, and changes nothing', async () => {
    const input = await sample.input(setting)
    const before = await contentOf(setting)
    const stale = { ...setting.ctx, recentlyAuthenticated: false }
    const seen = { organisation: { ...setting.owner, recentlyAuthenticated: false }, project: stale }
    await expect(run(operation, seen, input)).rejects.toMatchObject({ code: 'reauthenticate' })
    expect(await contentOf(setting)).toEqual(before)
  })

  it.runIf(mayNot.length > 0)(`is refused for ${mayNot.join(', ')} and changes nothing`, async () => {
    const input = await sample.input(setting)
    const others: Seen[] = []
    for (const role of mayNot) others.push(await seenBy(role, setting, operation))
    const before = await contentOf(setting)
    for (const seen of others) await expect(run(operation, seen, input)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await contentOf(setting)).toEqual(before)
  })

  it(`is for ${may.join(', ')}, and writes ${audit ?? 'no row'}`, async () => {
    for (const role of may) {
      const [seen, input] = [await seenBy(role, setting, operation), await sample.input(setting)]
      const before = new Set((await rowsIn(logOf(operation, setting))).map((row) => row.id))
      const answer = await run(operation, seen, input)
      expect(operation.output?.parse(answer), 'what the reference says of the answer').toEqual(answer)
      const written = (await rowsIn(logOf(operation, setting))).filter((row) => !before.has(row.id))
      expect(written.map((row) => [row.action, row.actorKind, row.actorId, row.address])).toEqual(
        audit === null ? [] : [[audit, 'member', seen.organisation.actor.id, CALLER.address]],
      )
    }
  })
})
