import pg from 'pg'
import { expect, test } from './fixtures.ts'
import { type Authorization, type Client, createClient, redemption, refreshing, startAuthorization, type Tokens } from './support/client.ts'
import { type Answer, type Door, openDoor } from './support/door.ts'
import { databaseUrl, second, target } from './support/installation.ts'
import { createProject, type Project } from './support/project.ts'
import { ScriptlessBrowser } from './support/scriptless-browser.ts'
import { Visitor } from './support/visitor.ts'

const ROUNDS = 200
const AT_ONCE = 20
const REDIRECT = 'https://client.example/callback'

type Consented = { readonly site: Site; readonly authorization: Authorization; readonly code: string }
type Site = { readonly project: Project; readonly client: Client }

let doors: Door[]
let sites: Site[]
let database: pg.Pool

test.beforeAll(async () => {
  doors = [openDoor(target()), openDoor(second(), target())]
  database = new pg.Pool({ connectionString: databaseUrl(), max: 2 })
  // more than one project, because a flood of authorization requests from one address is held back for each
  sites = await Promise.all(
    [1, 2].map(async () => {
      const project = await createProject()
      return { project, client: await createClient(project, REDIRECT) }
    }),
  )
})

test.afterAll(async () => {
  for (const door of doors) door.close()
  await database.end()
})

/** One door and then the other, in turn. */
const doorOf = (turn: number): Door => doors[turn % doors.length] as Door

const ask = (turn: number, { project }: Site, endpoint: string, body: URLSearchParams, headers = {}): Promise<Answer> =>
  doorOf(turn).ask(`/p/${project.slug}/api/oauth/${endpoint}`, { method: 'POST', headers, body })

const tokensOf = ({ body }: Answer): Tokens => JSON.parse(body)

/** Codes that nobody has redeemed: for every project and door one person, who says yes to one request after the other. */
async function consent(count: number): Promise<Consented[]> {
  const people = sites.flatMap((site) => doors.map((door) => ({ site, person: new Visitor(new ScriptlessBrowser(door, target())) })))
  const each = count / people.length
  const batches = people.map(async ({ site, person }) => {
    const consented: Consented[] = []
    while (consented.length < each) {
      const authorization = startAuthorization(site.project, site.client, REDIRECT)
      const back = await person.answer(authorization.url)
      consented.push({ site, authorization, code: back.searchParams.get('code') ?? '' })
    }
    return consented
  })
  return (await Promise.all(batches)).flat()
}

async function counted(sql: string): Promise<number> {
  const { rows } = await database.query(
    `SELECT count(*)::int AS count FROM ${sql} AND project_id IN (SELECT id FROM project WHERE slug = ANY($1))`,
    [sites.map(({ project }) => project.slug)],
  )
  return rows[0].count
}

const issued = (): Promise<number> => counted(`audit_event WHERE action = 'token.issued'`)
const revokedGrants = (): Promise<number> => counted('oauth_grant WHERE revoked_at IS NOT NULL')

async function redeem({ site, authorization, code }: Consented, turn: number): Promise<Tokens> {
  const answer = await ask(turn, site, 'token', redemption(site.client, authorization, code))
  if (answer.status !== 200) throw new Error(`a fresh code was refused: ${answer.status} ${answer.body}`)
  return tokensOf(answer)
}

const introspect = async (turn: number, site: Site, token: string): Promise<boolean> => {
  const headers = { authorization: `Bearer ${site.project.server_secret}` }
  const { body } = await ask(turn, site, 'introspect', new URLSearchParams({ token }), headers)
  return JSON.parse(body).active
}

test('of 20 clients that redeem one code at once at two processes exactly one gets tokens, and the others cost it nothing (C05)', async () => {
  const [before, revokedBefore] = [await issued(), await revokedGrants()]
  const batch = 40 // a code lives for a minute
  for (let done = 0; done < ROUNDS; done += batch) {
    for (const consented of await consent(batch)) {
      const body = redemption(consented.site.client, consented.authorization, consented.code)
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, turn) => ask(turn, consented.site, 'token', body)))
      const refused = answers.filter(({ status }) => status !== 200)
      expect(refused).toHaveLength(AT_ONCE - 1)
      for (const { status, body } of refused) expect([status, JSON.parse(body).error]).toEqual([400, 'invalid_grant'])
    }
  }
  expect((await issued()) - before).toBe(ROUNDS)
  expect((await revokedGrants()) - revokedBefore).toBe(0) // racing oneself is no replay
})

test('20 clients that refresh at once at two processes all get the same successor, 200 times in a row (F05)', async () => {
  const [consented] = await consent(sites.length * doors.length)
  if (!consented) throw new Error('nobody consented')
  const { site } = consented
  let current = (await redeem(consented, 0)).refresh_token ?? ''
  for (let round = 1; round <= ROUNDS; round++) {
    const body = refreshing(site.client, current)
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, turn) => ask(turn, site, 'token', body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200))
    const successors = new Set(answers.map((answer) => tokensOf(answer).refresh_token))
    expect(successors.size).toBe(1)
    const [successor] = successors
    expect(successor).not.toBe(current)
    current = successor ?? ''
    expect(await generationOf(consented)).toBe(round + 1)
  }
})

async function generationOf({ authorization }: Consented): Promise<number> {
  const { rows } = await database.query(
    `SELECT family.generation FROM refresh_family AS family JOIN authorization_code AS code USING (project_id, grant_id)
     WHERE code.code_challenge = $1`,
    [new URL(authorization.url).searchParams.get('code_challenge')],
  )
  return rows[0].generation
}

test('once a revocation has been answered nothing of the family is alive, whatever was refreshed meanwhile, 200 times (F13)', async () => {
  const batch = 40
  let refreshedFirst = 0
  for (let done = 0; done < ROUNDS; done += batch) {
    const families = await Promise.all((await consent(batch)).map(async (one, turn) => ({ ...one, tokens: await redeem(one, turn) })))
    for (const [turn, { site, tokens }] of families.entries()) {
      const presented = tokens.refresh_token ?? ''
      const [revocation, refresh] = await Promise.all([
        ask(turn, site, 'revoke', new URLSearchParams({ token: presented, client_id: site.client.client_id })),
        ask(turn + 1, site, 'token', refreshing(site.client, presented)),
      ])
      expect(revocation.status).toBe(200)
      const fresh = refresh.status === 200 ? tokensOf(refresh) : null
      if (fresh) refreshedFirst++
      else expect([refresh.status, JSON.parse(refresh.body).error]).toEqual([400, 'invalid_grant'])

      const accessTokens = [tokens.access_token, ...(fresh ? [fresh.access_token] : [])]
      const refreshTokens = [presented, ...(fresh?.refresh_token ? [fresh.refresh_token] : [])]
      const alive = await Promise.all(accessTokens.flatMap((token) => [introspect(turn, site, token), introspect(turn + 1, site, token)]))
      expect(alive).not.toContain(true)
      for (const token of refreshTokens) expect((await ask(turn, site, 'token', refreshing(site.client, token))).status).toBe(400)
    }
  }
  test.info().annotations.push({ type: 'the refresh was first', description: `${refreshedFirst} of ${ROUNDS} times` })
})
