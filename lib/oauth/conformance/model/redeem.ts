import fc from 'fast-check'
import { expect } from 'vitest'
import { type Answer, type Form, outcomeOf } from '../oauth-client.ts'
import type { Where } from '../target.ts'
import { askedArbitrary, authorize } from './authorize.ts'
import { command } from './command.ts'
import { ageOf, type Client, CODE_LIVES, type Code, foreignTo, grantLives, type Model, maySpeak, pick, type Real } from './facts.ts'
import { endGrant, noteOnce, wait } from './happenings.ts'
import { learn } from './issued.ts'

const FLAWS = ['none', 'none', 'none', 'verifier', 'no verifier', 'redirect_uri', 'foreign resource', 'first resource'] as const
type Flaw = (typeof FLAWS)[number]

const instance = fc.constantFrom(1 as const, 2 as const)
const attempt = fc.record({ code: fc.nat(99), by: fc.nat(9), own: fc.boolean(), flaw: fc.constantFrom(...FLAWS), instance })

/** A code is redeemed: by its client or another, with everything right or something wrong, for the first time or later. */
export const redeems = attempt.map(({ code: chosen, by, own, flaw, instance }) => {
  const presenter = (model: Model, code: Code) => (own ? code.grant.client : pick(model.clients, by))
  return command({
    says: `redeem(code ${chosen}, ${own ? 'by its client' : `by client ${by}`}, flaw ${flaw}, at ${instance})`,
    when: (model) => {
      if (model.codes.length === 0) return false
      const code = pick(model.codes, chosen)
      return ageOf(code.madeAt, CODE_LIVES, model.now) !== 'uncertain' && maySpeak(presenter(model, code))
    },
    does: async (model, real) => {
      const code = pick(model.codes, chosen)
      // A second within two seconds is a double click; what comes later is a replay.
      if (code.redeemed) await wait(3, model, real)
      await redeem(code, presenter(model, code), flaw, { instance }, model, real)
    },
  })
})

/** The usual way, as one step: a run should have something to break. */
export const connects = fc.record({ asked: askedArbitrary, instance }).map(({ asked, instance }) =>
  command({
    says: `connect(client ${asked.client}, person ${asked.person}, scope "${asked.scopes.join(' ')}", resources [${asked.resources}], at ${instance})`,
    when: (model) => !pick(model.people, asked.person).disabled,
    does: async (model, real) => {
      const code = await authorize({ ...asked, decision: 'allow' }, model, real)
      if (code) await redeem(code, code.grant.client, 'none', { instance }, model, real)
    },
  }),
)

/** A double click: two requests at once, at both processes. */
export const redeemsTwice = fc.nat(99).map((chosen) =>
  command({
    says: `redeem twice at once(code ${chosen})`,
    when: (model) =>
      model.codes.length > 0 &&
      ageOf(pick(model.codes, chosen).madeAt, CODE_LIVES, model.now) === 'young' &&
      !pick(model.codes, chosen).redeemed,
    does: async (model, real) => {
      const code = pick(model.codes, chosen)
      const { client } = code.grant
      if (judge(code, client, 'none', model) !== '200') return
      const answers = await Promise.all(([1, 2] as const).map((instance) => client.oauth.redeem(formOf(code, 'none', model), { instance })))
      expect(answers.map(outcomeOf).toSorted()).toEqual(['200', '400 invalid_grant'])
      for (const answer of answers) if (answer.status === 200) redeemed(code, answer, 'none', model, real)
    },
  }),
)

function formOf(code: Code, flaw: Flaw, model: Model): Form {
  const { verifier, grant } = code
  return {
    code: code.value,
    code_verifier: flaw === 'no verifier' ? undefined : flaw === 'verifier' ? 'w'.repeat(43) : verifier,
    redirect_uri: flaw === 'redirect_uri' ? `${grant.client.oauth.redirectUri}/` : grant.client.oauth.redirectUri,
    ...(flaw === 'foreign resource' ? { resource: foreignTo(grant.resources, model) } : {}),
    ...(flaw === 'first resource' ? { resource: grant.resources[0] } : {}),
  }
}

/** RFC 6749 §4.1.3 in the order in which a wrong guess costs an honest client nothing. */
function judge(code: Code, client: Client, flaw: Flaw, model: Model): string {
  const { grant, madeAt } = code
  if (model.suspended) return '400 invalid_grant'
  if (client.revoked) return '401 invalid_client'
  if (grant.client !== client || ['verifier', 'no verifier', 'redirect_uri'].includes(flaw)) return '400 invalid_grant'
  if (code.redeemed || ageOf(madeAt, CODE_LIVES, model.now) === 'old' || !grantLives(grant)) return '400 invalid_grant'
  const living = grant.resources.filter((resource) => model.resources.includes(resource))
  if (living.length === 0 || flaw === 'foreign resource') return '400 invalid_target'
  return flaw === 'first resource' && living[0] !== grant.resources[0] ? '400 invalid_target' : '200'
}

async function redeem(code: Code, client: Client, flaw: Flaw, where: Where, model: Model, real: Real): Promise<void> {
  const expected = judge(code, client, flaw, model)
  const { grant } = code
  const names = { clientId: grant.client.oauth.clientId, userId: grant.person.user.id }
  const isClient = !model.suspended && !client.revoked
  if (isClient && grant.client !== client) noteOnce(code.value, { action: 'code.misused', ...names }, model.ledger, model)
  else if (isClient && code.redeemed && !['verifier', 'no verifier', 'redirect_uri'].includes(flaw)) {
    noteOnce(code.value, { action: 'code.replayed', ...names }, model.ledger, model)
    endGrant(grant, 'code_replayed', model)
  }
  const answer = await client.oauth.redeem(formOf(code, flaw, model), where)
  if (answer.status === 401) client.refusals++
  expect(outcomeOf(answer)).toBe(expected)
  if (expected === '200') redeemed(code, answer, flaw, model, real)
}

function redeemed(code: Code, answer: Answer, flaw: Flaw, model: Model, real: Real): void {
  const { grant } = code
  expect(code.redeemed, 'I1: a code is good once').toBe(false)
  code.redeemed = true
  model.ledger.expect({ action: 'token.issued', clientId: grant.client.oauth.clientId, userId: grant.person.user.id })
  const living = grant.resources.filter((resource) => model.resources.includes(resource))
  const audiences = flaw === 'first resource' ? living.slice(0, 1) : living
  const { client, person, scopes } = grant
  const refresh = learn(answer, { grant, client, person, subject: person.user.id, scopes, audiences }, model, real)
  expect(refresh).toMatch(/^gate_rt_/)
  model.families.push({ grant, tokens: [refresh], madeAt: model.now, rotatedAt: model.now })
}
