import fc from 'fast-check'
import { expect } from 'vitest'
import { approve, pageOf, pkcePair } from '../oauth-client.ts'
import { command } from './command.ts'
import { type Client, type Code, DEFAULT_SCOPES, type Model, OFFLINE, type Person, pick, type Real, SCOPES } from './facts.ts'

type Asked = {
  readonly client: number
  readonly person: number
  readonly scopes: readonly string[]
  readonly resources: readonly number[]
  readonly ticked: 'all' | 'first'
  readonly decision: 'allow' | 'deny'
}

const asked = fc.record({
  client: fc.nat(9),
  person: fc.nat(9),
  scopes: fc.subarray([...SCOPES, 'unknown', OFFLINE]),
  resources: fc.subarray([0, 1]),
  ticked: fc.constantFrom('all', 'all', 'first'),
  decision: fc.constantFrom('allow', 'allow', 'allow', 'deny'),
})

const says = (what: string, { client, person, scopes, resources, ticked, decision }: Asked) =>
  `${what}(client ${client}, person ${person}, scope "${scopes.join(' ')}", resources [${resources}], tick ${ticked}, ${decision})`

/** Somebody is sent to authorize, signs in and answers. */
export const authorizes = asked.map((choices) =>
  command({
    says: says('authorize', choices),
    when: (model) => !pick(model.people, choices.person).disabled,
    does: async (model, real) => void (await authorize(choices, model, real)),
  }),
)

/** What is asked for and known, within the ceiling; the default set where nothing was asked. Null: nothing that could be granted. */
function offeredScopes(sent: readonly string[], { ceiling }: Client): { decidable: string[]; offline: boolean } | null {
  const within = (scope: string) => ceiling === null || ceiling.includes(scope)
  const named = sent.filter((scope) => scope !== OFFLINE)
  const known: readonly string[] = named.length === 0 ? DEFAULT_SCOPES : named.filter((scope) => SCOPES.some((one) => one === scope))
  const decidable = known.filter(within)
  return decidable.length === 0 ? null : { decidable, offline: sent.includes(OFFLINE) && within(OFFLINE) }
}

/** Answers the code, or null where none was made. */
export async function authorize(choices: Asked, model: Model, real: Real): Promise<Code | null> {
  const client = pick(model.clients, choices.client)
  const person = pick(model.people, choices.person)
  const { verifier, challenge } = pkcePair()
  const { resource: first } = real.project
  const resources = choices.resources.map((n) => pick([first, 'https://files.example.com'], n))
  const url = client.oauth.authorizeUrl(challenge, {
    ...(choices.scopes.length > 0 ? { scope: choices.scopes.join(' ') } : {}),
    ...(resources.length > 0 ? { resource: resources } : {}),
  })
  if (model.suspended || client.revoked) {
    expect(pageOf(await real.project.fetch(url))).toBe(model.suspended ? 'PAGE 403' : 'PAGE 400')
    return null
  }
  const offered = offeredScopes(choices.scopes, client)
  const refusal = offered === null ? 'invalid_scope' : resources.some((one) => !model.resources.includes(one)) ? 'invalid_target' : null
  if (offered === null || refusal) {
    const response = await real.project.fetch(url)
    expect([response.status, proven(response.headers.get('location') ?? '', client).get('error')]).toEqual([302, refusal])
    return null
  }

  const names = { clientId: client.oauth.clientId, userId: person.user.id }
  model.ledger.expect({ action: 'authorization.requested', clientId: names.clientId })
  const granted = choices.ticked === 'all' ? offered.decidable : offered.decidable.slice(0, 1)
  const location = await approve(real.project, url, { user: person.user, decision: choices.decision, scopes: granted })
  const parameters = proven(location.href, client)
  if (choices.decision === 'deny') {
    model.ledger.expect({ action: 'grant.denied', ...names })
    expect([parameters.get('error'), parameters.get('code')]).toEqual(['access_denied', null])
    return null
  }
  model.ledger.expect({ action: 'grant.approved', ...names })
  const scopes = [...granted, ...(offered.offline ? [OFFLINE] : [])]
  return newCode(
    parameters.get('code') ?? '',
    verifier,
    { client, person, scopes, resources: resources.length > 0 ? resources : [first] },
    model,
    real,
  )
}

/** I8: what carries a code or an error goes to a registered address, byte for byte. */
function proven(location: string, { oauth }: Client): URLSearchParams {
  expect(location.startsWith(`${oauth.redirectUri}?`), 'it went to a registered redirect URI').toBe(true)
  return new URLSearchParams(location.slice(oauth.redirectUri.length + 1))
}

type Allowed = {
  readonly client: Client
  readonly person: Person
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
}

async function newCode(value: string, verifier: string, allowed: Allowed, model: Model, real: Real): Promise<Code> {
  expect(value).toMatch(/^gate_ac_/)
  const approved = (await real.project.audit()).filter(({ action }) => action === 'grant.approved')
  const id = approved.map(({ grantId }) => grantId ?? '').find((one) => !model.grants.some((grant) => grant.id === one)) ?? ''
  const grant = { ...allowed, id, over: false }
  const code = { value, verifier, grant, madeAt: model.now, redeemed: false }
  model.grants.push(grant)
  model.codes.push(code)
  return code
}

export const askedArbitrary = asked
