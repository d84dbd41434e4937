import fc from 'fast-check'
import { expect } from 'vitest'
import { outcomeOf } from '../oauth-client.ts'
import { command } from './command.ts'
import { type AccessToken, type Client, type Family, type Model, maySpeak, pick } from './facts.ts'
import { endGrant, noteOnce } from './happenings.ts'

const attempt = fc.record({ chosen: fc.nat(99), generation: fc.nat(9), by: fc.nat(9), own: fc.boolean(), twice: fc.boolean() })

/** Any generation of a refresh token, by its client or another, once or twice at once. */
export const revokesRefreshTokens = attempt.map(({ chosen, generation, by, own, twice }) => {
  const presenter = (model: Model, { grant }: Family) => (own ? grant.client : pick(model.clients, by))
  return command({
    says: `revoke refresh token(family ${chosen}, generation ${generation}, ${own ? 'by its client' : `by client ${by}`}${twice ? ', twice' : ''})`,
    when: (model) => model.families.length > 0 && maySpeak(presenter(model, pick(model.families, chosen))),
    does: async (model) => {
      const family = pick(model.families, chosen)
      const token = pick(family.tokens, generation)
      const client = presenter(model, family)
      if (!client.revoked && client === family.grant.client) endGrant(family.grant, 'token_revoked', model)
      else if (!client.revoked) noteOnce(token, { action: 'revoke.foreign', clientId: client.oauth.clientId }, model.ledger, model)
      await revoke(token, client, twice)
    },
  })
})

/** An access token: only that one. */
export const revokesAccessTokens = attempt.map(({ chosen, by, own, twice }) => {
  const presenter = (model: Model, { client }: AccessToken) => (own && client ? client : pick(model.clients, by))
  return command({
    says: `revoke access token(token ${chosen}, ${own ? 'by its client' : `by client ${by}`}${twice ? ', twice' : ''})`,
    when: (model) => model.tokens.length > 0 && maySpeak(presenter(model, pick(model.tokens, chosen))),
    does: async (model) => {
      const token = pick(model.tokens, chosen)
      const client = presenter(model, token)
      const { clientId } = client.oauth
      if (!client.revoked && client === token.client) {
        noteOnce(token.value, { action: 'token.revoked', clientId, userId: token.subject }, model.ledger, model)
        token.revoked = true
      } else if (!client.revoked) noteOnce(token.value, { action: 'revoke.foreign', clientId }, model.ledger, model)
      await revoke(token.value, client, twice)
    },
  })
})

/** 200 whatever came of it; asked twice it is as asked once (I9). */
async function revoke(token: string, client: Client, twice: boolean): Promise<void> {
  const instances = twice ? ([1, 2] as const) : ([1] as const)
  const answers = await Promise.all(instances.map((instance) => client.oauth.revoke(token, {}, { instance })))
  if (client.revoked) client.refusals += instances.length
  expect(answers.map(outcomeOf)).toEqual(instances.map(() => (client.revoked ? '401 invalid_client' : '200')))
}
