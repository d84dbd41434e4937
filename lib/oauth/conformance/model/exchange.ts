import fc from 'fast-check'
import { expect } from 'vitest'
import { type Answer, bearer, type Form, outcomeOf, postForm } from '../oauth-client.ts'
import type { Where } from '../target.ts'
import { command } from './command.ts'
import {
  ACCESS_TOKEN_TYPE,
  type AccessToken,
  type Client,
  DEFAULT_SCOPES,
  foreignTo,
  type Model,
  maySpeak,
  OFFLINE,
  pick,
  type Real,
  TOKEN_EXCHANGE,
  tokenLives,
  USER_ID_TYPE,
} from './facts.ts'
import { learn } from './issued.ts'

const WISHES = ['all', 'all', 'narrow', 'wider', 'foreign resource'] as const
type Wish = (typeof WISHES)[number]

const attempt = fc.record({
  token: fc.nat(99),
  by: fc.nat(9),
  backend: fc.boolean(),
  wish: fc.constantFrom(...WISHES),
  instance: fc.constantFrom(1 as const, 2 as const),
})

/** Somebody who may turns an access token into one of its own. */
export const exchanges = attempt.map(({ token: chosen, by, backend, wish, instance }) => {
  const caller = (model: Model) => (backend ? null : pick(model.clients, by))
  return command({
    says: `exchange(token ${chosen}, ${backend ? 'by the backend' : `by client ${by}`}, wish ${wish}, at ${instance})`,
    when: (model) => {
      const client = caller(model)
      return model.tokens.length > 0 && (client === null || maySpeak(client))
    },
    does: (model, real) => exchange(pick(model.tokens, chosen), caller(model), wish, { instance }, model, real),
  })
})

/** The backend says for whom. */
export const exchangesUserIds = fc.record({ person: fc.nat(9), ours: fc.boolean() }).map(({ person: chosen, ours }) =>
  command({
    says: `exchange user id(${ours ? `person ${chosen}` : "a user of the customer's own"})`,
    does: async (model, real) => {
      const person = ours ? pick(model.people, chosen) : null
      const subject = person?.user.id ?? `customer|${chosen}`
      const verdict = model.suspended
        ? '400 invalid_grant'
        : !model.tokenExchange
          ? '400 unauthorized_client'
          : person?.disabled
            ? '400 invalid_request'
            : '200'
      const answer = await ask({ subject_token: subject, subject_token_type: USER_ID_TYPE }, null, {}, real)
      expect(outcomeOf(answer)).toBe(verdict)
      if (!model.suspended && verdict !== '200') model.ledger.expect({ action: 'exchange.refused' })
      if (verdict === '200')
        issued(
          answer,
          { client: null, person, subject, grant: null, scopes: DEFAULT_SCOPES, audiences: [real.project.resource] },
          model,
          real,
        )
    },
  }),
)

const ask = (form: Form, client: Client | null, where: Where, real: Real): Promise<Answer> =>
  client
    ? client.oauth.token({ grant_type: TOKEN_EXCHANGE, ...form }, where)
    : postForm(real.project, '/api/oauth/token', { grant_type: TOKEN_EXCHANGE, ...form }, { headers: bearer(real.serverSecret), ...where })

/** Scopes that may pass on: access to data, not the connection itself. */
const passable = ({ scopes }: AccessToken): string[] => scopes.filter((scope) => scope !== OFFLINE)
const livingAudiences = ({ audiences }: AccessToken, model: Model) => audiences.filter((one) => model.resources.includes(one))

function formOf(token: AccessToken, wish: Wish, model: Model): Form {
  const form = { subject_token: token.value, subject_token_type: ACCESS_TOKEN_TYPE }
  if (wish === 'foreign resource') return { ...form, resource: foreignTo(token.audiences, model) }
  if (wish === 'narrow') return { ...form, scope: passable(token)[0] }
  if (wish !== 'wider') return form
  return { ...form, scope: ['read', 'write', 'admin'].find((scope) => !token.scopes.includes(scope)) ?? 'root' }
}

/** RFC 8693 §2.2.2. `refused`: the caller was somebody, so the log has a row. */
function judge(token: AccessToken, client: Client | null, wish: Wish, model: Model): { outcome: string; refused: boolean } {
  if (model.suspended) return { outcome: '400 invalid_grant', refused: false }
  if (client?.revoked) return { outcome: '401 invalid_client', refused: false }
  if (client && !client.mayExchange) return { outcome: '400 unauthorized_client', refused: false }
  const refused = (error: string) => ({ outcome: `400 ${error}`, refused: true })
  if (!model.tokenExchange) return refused('unauthorized_client')
  if (!tokenLives(token, model.now)) return refused('invalid_request')
  if (livingAudiences(token, model).length === 0 || wish === 'foreign resource') return refused('invalid_target')
  if (wish === 'wider') return refused('invalid_scope')
  return { outcome: '200', refused: false }
}

async function exchange(token: AccessToken, client: Client | null, wish: Wish, where: Where, model: Model, real: Real): Promise<void> {
  const { outcome, refused } = judge(token, client, wish, model)
  const answer = await ask(formOf(token, wish, model), client, where, real)
  if (answer.status === 401 && client) client.refusals++
  expect(outcomeOf(answer)).toBe(outcome)
  if (refused) model.ledger.expect({ action: 'exchange.refused', ...(client ? { actorId: client.oauth.clientId } : {}) })
  if (outcome !== '200') return
  const scopes = wish === 'narrow' ? passable(token).slice(0, 1) : passable(token)
  // I7: no wider, and no longer, than what it was made from
  expect(token.scopes).toEqual(expect.arrayContaining(scopes))
  const { person, subject, grant, expiresAt } = token
  issued(answer, { client, person, subject, grant, scopes, audiences: livingAudiences(token, model) }, model, real)
  expect(model.tokens.at(-1)?.expiresAt).toBeLessThanOrEqual(expiresAt)
}

function issued(answer: Answer, expected: Parameters<typeof learn>[1], model: Model, real: Real): void {
  expect(learn(answer, expected, model, real), 'no refresh token').toBe('')
  const clientId = expected.client?.oauth.clientId ?? 'backend'
  model.ledger.expect({ action: 'exchange.issued', clientId, userId: expected.subject })
}
