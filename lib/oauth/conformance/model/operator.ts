import fc from 'fast-check'
import { expect } from 'vitest'
import { bearer, oauthClient, outcomeOf, postForm, register } from '../oauth-client.ts'
import { REDIRECT_URI } from '../target.ts'
import { command } from './command.ts'
import { grantLives, maySpeak, pick } from './facts.ts'
import { wait } from './happenings.ts'

const DAY = 86_400

export const waits = fc
  .constantFrom(3, 3, 100, 29 * DAY)
  .map((seconds) => command({ says: `wait(${seconds} s)`, does: (model, real) => wait(seconds, model, real) }))

/** RFC 7591. */
export const registers = fc.constantFrom('none' as const, 'client_secret_basic' as const, 'client_secret_post' as const).map((method) =>
  command({
    says: `register(${method})`,
    when: ({ clients, suspended }) => clients.length < 5 && !suspended,
    does: async (model, real) => {
      const metadata = {
        redirect_uris: [REDIRECT_URI],
        token_endpoint_auth_method: method,
        grant_types: ['authorization_code', 'refresh_token'],
      }
      const { status, body } = await register(real.project, metadata)
      expect(status).toBe(201)
      const { client_id: clientId = '', client_secret: clientSecret = null } = body
      model.ledger.expect({ action: 'client.registered', clientId })
      const oauth = oauthClient(real.project, { clientId, clientSecret, method, redirectUri: REDIRECT_URI })
      model.clients.push({ oauth, mayExchange: false, ceiling: null, revoked: false, refusals: 0 })
    },
  }),
)

export const revokesClients = fc.nat(9).map((chosen) =>
  command({
    says: `revoke client(${chosen})`,
    when: ({ clients }) => !pick(clients, chosen).revoked && clients.filter(({ revoked }) => !revoked).length > 1,
    does: async (model, real) => {
      const client = pick(model.clients, chosen)
      await real.project.revokeClient(client.oauth.clientId)
      client.revoked = true
    },
  }),
)

export const disablesPeople = fc.nat(9).map((chosen) =>
  command({
    says: `disable(person ${chosen})`,
    when: ({ people }) => !pick(people, chosen).disabled && people.filter(({ disabled }) => !disabled).length > 1,
    does: async (model, real) => {
      const person = pick(model.people, chosen)
      await real.project.disableUser(person.user.id)
      person.disabled = true
    },
  }),
)

export const endsGrants = fc.nat(99).map((chosen) =>
  command({
    says: `end grant(${chosen})`,
    when: ({ grants }) => grants.length > 0 && grantLives(pick(grants, chosen)),
    does: async (model, real) => {
      const grant = pick(model.grants, chosen)
      await real.project.endGrant(grant.id)
      grant.over = true
      model.ledger.expect({ action: 'grant.revoked', reason: 'member' })
    },
  }),
)

export const rotatesClientSecrets = fc.record({ chosen: fc.nat(9), overlap: fc.constantFrom(0, 24) }).map(({ chosen, overlap }) =>
  command({
    says: `rotate secret(client ${chosen}, overlap ${overlap} h)`,
    when: ({ clients, suspended }) => {
      const client = pick(clients, chosen)
      return client.oauth.method !== 'none' && !client.revoked && maySpeak({ ...client, revoked: true }) && !suspended
    },
    does: async (model, real) => {
      const client = pick(model.clients, chosen)
      const before = client.oauth
      const clientSecret = await real.project.rotateClientSecret(before.clientId, overlap)
      client.oauth = oauthClient(real.project, { ...before, clientSecret })
      const ask = async ({ refresh } = before) => outcomeOf(await refresh('gate_rt_made-up'))
      expect(await ask(client.oauth)).toBe('400 invalid_grant')
      expect(await ask(before)).toBe(overlap > 0 ? '400 invalid_grant' : '401 invalid_client')
      if (overlap === 0) client.refusals++
    },
  }),
)

export const rotatesServerSecret = fc.constant(
  command({
    says: 'rotate server secret',
    does: async (_model, real) => {
      const headers = bearer(real.serverSecret)
      real.serverSecret = await real.project.rotateSecret('server', 0)
      expect(outcomeOf(await postForm(real.project, '/api/oauth/introspect', { token: 'x' }, { headers }))).toBe('401 invalid_client')
    },
  }),
)

export const switches = fc.constantFrom('suspended' as const, 'tokenExchange' as const).map((name) =>
  command({
    says: `switch ${name}`,
    does: async (model, real) => {
      model[name] = !model[name]
      await real.project.configure({ [name]: model[name] })
    },
  }),
)

/** Else the rest of a story would be refusals. */
export const resumes = fc.constant(
  command({
    says: 'resume',
    when: ({ suspended }) => suspended,
    does: async (model, real) => {
      model.suspended = false
      await real.project.configure({ suspended: false })
    },
  }),
)

export const removesResource = fc.constant(
  command({
    says: 'remove a resource',
    when: ({ resources }) => resources.length > 1,
    does: async (model, real) => {
      const [first, second = ''] = model.resources
      await real.project.removeResource(second)
      model.resources = [first ?? '']
    },
  }),
)
