import fc, { type AsyncCommand } from 'fast-check'
import { expect } from 'vitest'
import { oauthClient } from '../oauth-client.ts'
import type { Target } from '../target.ts'
import { authorizes } from './authorize.ts'
import { exchanges, exchangesUserIds } from './exchange.ts'
import { type Client, type Model, maySpeak, type Real, TOKEN_EXCHANGE } from './facts.ts'
import { wait } from './happenings.ts'
import { checkInvariants, checkTokens } from './invariants.ts'
import { ledgerAfter } from './ledger.ts'
import { carries, carryAccess, carryCode, carryRefresh, misuses, probes } from './noise.ts'
import {
  disablesPeople,
  endsGrants,
  registers,
  removesResource,
  resumes,
  revokesClients,
  rotatesClientSecrets,
  rotatesServerSecret,
  switches,
  waits,
} from './operator.ts'
import { connects, redeems, redeemsTwice } from './redeem.ts'
import { refresh, refreshes, refreshesTwice } from './refresh.ts'
import { revokesAccessTokens, revokesRefreshTokens } from './revoke.ts'

type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<AsyncCommand<Model, Real>> }

/** `settled`: what an operator switches counts at once, so that it may be done often. */
export const anything = (settled: boolean): fc.Arbitrary<AsyncCommand<Model, Real>> => {
  const rarely = settled ? 2 : 1
  const choices: readonly Weighted[] = [
    { weight: 10, arbitrary: connects },
    { weight: 5, arbitrary: authorizes },
    { weight: 10, arbitrary: redeems },
    { weight: 3, arbitrary: redeemsTwice },
    { weight: 18, arbitrary: refreshes },
    { weight: 3, arbitrary: refreshesTwice },
    { weight: 3, arbitrary: revokesRefreshTokens },
    { weight: 6, arbitrary: revokesAccessTokens },
    { weight: 8, arbitrary: exchanges },
    { weight: 4, arbitrary: exchangesUserIds },
    { weight: 8, arbitrary: waits },
    { weight: 3, arbitrary: registers },
    { weight: 1, arbitrary: revokesClients },
    { weight: 1, arbitrary: disablesPeople },
    { weight: 3, arbitrary: endsGrants },
    { weight: 3, arbitrary: rotatesClientSecrets },
    { weight: 2, arbitrary: rotatesServerSecret },
    { weight: rarely, arbitrary: switches },
    { weight: 8, arbitrary: resumes },
    { weight: 1, arbitrary: removesResource },
    { weight: 4, arbitrary: probes },
    { weight: 1, arbitrary: misuses },
    { weight: 5, arbitrary: carries },
  ]
  return fc.oneof(...choices)
}

const FILES = 'https://files.example.com'

/** Two clients, one of which may exchange, one with a ceiling, and two people: and a project beside it that must never notice. */
export async function begin(target: Target): Promise<{ model: Model; real: Real }> {
  const [project, other] = [await target.project(), await target.project()]
  await project.addResource(FILES)
  await project.addScope('admin', false)
  const client = async (made: Awaited<ReturnType<typeof project.client>>, given: Partial<Client> = {}): Promise<Client> => ({
    oauth: oauthClient(project, made),
    ...{ mayExchange: false, ceiling: null, revoked: false, refusals: 0 },
    ...given,
  })
  const grantTypes = ['authorization_code', 'refresh_token', TOKEN_EXCHANGE]
  const clients = [
    await client(await project.client({ scope: 'read admin offline_access' }), { ceiling: ['read', 'admin', 'offline_access'] }),
    await client(await project.client({ method: 'client_secret_basic', grantTypes }), { mayExchange: true }),
  ]
  const people = [await project.user(), await project.user()].map((user) => ({ user, disabled: false }))
  const stranger = oauthClient(other, await other.client())
  return {
    real: { target, project, serverSecret: project.serverSecret, other, stranger },
    model: {
      ...{ now: 0, clients, people, grants: [], codes: [], families: [], tokens: [], noted: new Set<string>() },
      ...{ resources: [project.resource, FILES], suspended: false, tokenExchange: true },
      ledger: ledgerAfter(await project.audit()),
      elsewhere: ledgerAfter(await other.audit()),
    },
  }
}

/** At the end everything that was ever handed out is shown once more: here, and to the project beside it. */
export async function finish(model: Model, real: Real): Promise<void> {
  await checkTokens(model.tokens, model, real)
  for (const code of model.codes) await carryCode(code, model, real)
  for (const { tokens } of model.families) for (const token of tokens) await carryRefresh(token, model, real)
  for (const { value } of model.tokens) await carryAccess(value, real)
  expect(model.elsewhere.differences(await real.other.audit()), 'I4: the project beside it').toEqual([])

  await wait(100, model, real)
  for (const family of model.families) {
    for (const token of family.tokens.toReversed()) {
      if (maySpeak(family.grant.client)) await refresh(family, token, family.grant.client, 'all', {}, model, real)
    }
  }
  await checkInvariants(model, real)
  await checkTokens(model.tokens, model, real)
}
