import fc from 'fast-check'
import { expect } from 'vitest'
import { type Answer, type Form, outcomeOf } from '../oauth-client.ts'
import type { Where } from '../target.ts'
import { command } from './command.ts'
import {
  ageOf,
  type Client,
  type Family,
  familyExpired,
  foreignTo,
  GRACE,
  grantLives,
  type Model,
  maySpeak,
  OFFLINE,
  pick,
  type Real,
} from './facts.ts'
import { endGrant, noteOnce } from './happenings.ts'
import { learn } from './issued.ts'

const WISHES = ['all', 'all', 'all', 'narrow', 'wider', 'one resource', 'foreign resource'] as const
type Wish = (typeof WISHES)[number]

const attempt = fc.record({
  family: fc.nat(99),
  which: fc.constantFrom('current' as const, 'current' as const, 'current' as const, 'previous' as const, 'oldest' as const),
  by: fc.nat(9),
  own: fc.constantFrom(true, true, true, false),
  wish: fc.constantFrom(...WISHES),
  instance: fc.constantFrom(1 as const, 2 as const),
})

const tokenOf = ({ tokens }: Family, which: 'current' | 'previous' | 'oldest'): string =>
  (which === 'oldest' ? tokens[0] : which === 'previous' ? (tokens.at(-2) ?? tokens[0]) : tokens.at(-1)) ?? ''

/** A refresh token is used: the newest, the one before or the first, by its client or another, for as much, less or more. */
export const refreshes = attempt.map(({ family: chosen, which, by, own, wish, instance }) => {
  const presenter = (model: Model, family: Family) => (own ? family.grant.client : pick(model.clients, by))
  return command({
    says: `refresh(family ${chosen}, ${which}, ${own ? 'by its client' : `by client ${by}`}, wish ${wish}, at ${instance})`,
    when: (model) => {
      if (model.families.length === 0) return false
      const family = pick(model.families, chosen)
      return ageOf(family.rotatedAt, GRACE, model.now) !== 'uncertain' && maySpeak(presenter(model, family))
    },
    does: async (model, real) => {
      const family = pick(model.families, chosen)
      await refresh(family, tokenOf(family, which), presenter(model, family), wish, { instance }, model, real)
    },
  })
})

/** Two tabs of one client wake up at once. */
export const refreshesTwice = fc.nat(99).map((chosen) =>
  command({
    says: `refresh twice at once(family ${chosen})`,
    when: (model) => model.families.length > 0 && grantLives(pick(model.families, chosen).grant) && !model.suspended,
    does: async (model, real) => {
      const family = pick(model.families, chosen)
      const current = tokenOf(family, 'current')
      if (judge(family, current, family.grant.client, 'all', model) !== 'rotated') return
      const { oauth } = family.grant.client
      const answers = await Promise.all(([1, 2] as const).map((instance) => oauth.refresh(current, {}, { instance })))
      expect(answers.map(outcomeOf)).toEqual(['200', '200'])
      const [first, second] = answers.map((answer) => granted(family, answer, 'all', model, real))
      expect(first, 'I2: one successor').toBe(second)
      rotated(family, first ?? '', model)
      model.ledger.expect({ action: 'refresh.retried', ...namesOf(family) })
    },
  }),
)

const namesOf = ({ grant }: Family) => ({ clientId: grant.client.oauth.clientId, userId: grant.person.user.id })
const livingResources = ({ grant }: Family, model: Model) => grant.resources.filter((resource) => model.resources.includes(resource))

function formOf({ grant }: Family, wish: Wish, model: Model): Form {
  switch (wish) {
    case 'all':
      return {}
    case 'narrow':
      return { scope: grant.scopes[0] }
    case 'wider':
      return { scope: [...grant.scopes, ['read', 'write', 'admin'].find((scope) => !grant.scopes.includes(scope)) ?? 'root'].join(' ') }
    case 'one resource':
      return { resource: grant.resources.at(-1) }
    case 'foreign resource':
      return { resource: foreignTo(grant.resources, model) }
  }
}

type Verdict = 'rotated' | 'retried' | 'reused' | '400 invalid_grant' | '400 invalid_scope' | '400 invalid_target' | '401 invalid_client'

/** RFC 6749 §6, RFC 9700 §4.14.2. */
function judge(family: Family, token: string, client: Client, wish: Wish, model: Model): Verdict {
  const { grant, tokens } = family
  if (model.suspended) return '400 invalid_grant'
  if (client.revoked) return '401 invalid_client'
  if (grant.client !== client || !grantLives(grant) || familyExpired(family, model.now)) return '400 invalid_grant'
  if (wish === 'wider') return '400 invalid_scope'
  const living = livingResources(family, model)
  if (living.length === 0 || wish === 'foreign resource') return '400 invalid_target'
  if (wish === 'one resource' && living.at(-1) !== grant.resources.at(-1)) return '400 invalid_target'
  if (token === tokens.at(-1)) return 'rotated'
  return token === tokens.at(-2) && ageOf(family.rotatedAt, GRACE, model.now) === 'young' ? 'retried' : 'reused'
}

export async function refresh(
  family: Family,
  token: string,
  client: Client,
  wish: Wish,
  where: Where,
  model: Model,
  real: Real,
): Promise<void> {
  const verdict = judge(family, token, client, wish, model)
  const foreign = !model.suspended && !client.revoked && family.grant.client !== client
  if (foreign) noteOnce(token, { action: 'refresh.misused', ...namesOf(family) }, model.ledger, model)
  if (verdict === 'reused') {
    noteOnce(token, { action: 'refresh.reused', ...namesOf(family) }, model.ledger, model)
    endGrant(family.grant, 'refresh_reused', model)
  }
  const answer = await client.oauth.refresh(token, formOf(family, wish, model), where)
  if (answer.status === 401) client.refusals++
  const good = verdict === 'rotated' || verdict === 'retried'
  expect(outcomeOf(answer)).toBe(good ? '200' : verdict === 'reused' ? '400 invalid_grant' : verdict)
  if (!good) return
  const successor = granted(family, answer, wish, model, real)
  if (verdict === 'rotated') rotated(family, successor, model)
  else {
    expect(successor, 'I9: asking again yields the same successor').toBe(family.tokens.at(-1))
    model.ledger.expect({ action: 'refresh.retried', ...namesOf(family) })
  }
}

function granted(family: Family, answer: Answer, wish: Wish, model: Model, real: Real): string {
  const { grant } = family
  const { client, person } = grant
  const living = livingResources(family, model)
  const audiences = wish === 'one resource' ? living.slice(-1) : living
  const narrowed = grant.scopes.slice(0, 1)
  const scopes = wish === 'narrow' && narrowed[0] !== OFFLINE ? narrowed : grant.scopes
  return learn(answer, { grant, client, person, subject: person.user.id, scopes, audiences }, model, real)
}

function rotated(family: Family, successor: string, model: Model): void {
  expect(family.tokens, 'I2: a new one').not.toContain(successor)
  family.tokens.push(successor)
  family.rotatedAt = model.now
  model.ledger.expect({ action: 'refresh.rotated', ...namesOf(family) })
}
