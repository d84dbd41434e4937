import { expect } from 'vitest'
import { bearer, postForm } from '../oauth-client.ts'
import type { Where } from '../target.ts'
import { type AccessToken, type Model, type Real, tokenLives } from './facts.ts'

/**
 * After every command: the log has a row for each thing that happened and none for what did not (I5), and every token that
 * lives, that has just died, and one of those long dead is worth to a resource server what the model says (I3).
 */
export async function checkInvariants(model: Model, real: Real): Promise<void> {
  expect(model.ledger.differences(await real.project.audit())).toEqual([])
  const dead = model.tokens.filter((token) => !token.seenActive && !tokenLives(token, model.now))
  const asked = model.tokens.filter((token) => token.seenActive || tokenLives(token, model.now))
  const again = dead[model.now % Math.max(dead.length, 1)]
  await checkTokens(again ? [...asked, again] : asked, model, real)
}

/** Asked at either process, so that none believes an old answer. */
export async function checkTokens(tokens: readonly AccessToken[], model: Model, real: Real): Promise<void> {
  for (const [i, token] of tokens.entries()) {
    const { status, body, text } = await introspectAt(real, token.value, { instance: i % 2 === 0 ? 1 : 2 })
    const { scopes, audiences, subject } = token
    const lives = tokenLives(token, model.now)
    const audience = audiences.length > 1 ? audiences : audiences[0]
    if (lives)
      expect({ status, ...body }).toMatchObject({ status: 200, active: true, scope: scopes.join(' '), aud: audience, sub: subject })
    else expect([status, text]).toEqual([200, '{"active":false}'])
    token.seenActive = lives
  }
}

export const introspectAt = (real: Real, token: string, where: Where) =>
  postForm(real.project, '/api/oauth/introspect', { token }, { headers: bearer(real.serverSecret), ...where })
