import fc from 'fast-check'
import { expect } from 'vitest'
import { answerOf, bearer, introspect, outcomeOf, postForm, register } from '../oauth-client.ts'
import { REDIRECT_URI } from '../target.ts'
import { command } from './command.ts'
import { type Model, maySpeak, pick, type Real } from './facts.ts'
import { noteOnce } from './happenings.ts'

type Probe = (model: Model, real: Real) => Promise<string>

/** Who holds nothing of the project. What each is told, and: nothing is stored. */
const PROBES: Readonly<Record<string, readonly [outcome: string, Probe]>> = {
  'unknown client': [
    '401 invalid_client',
    async (_, { project }) =>
      outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: 'refresh_token', client_id: 'c_x', refresh_token: 'gate_rt_x' })),
  ],
  'no client': [
    '401 invalid_client',
    async (_, { project }) =>
      outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: 'refresh_token', refresh_token: 'gate_rt_x' })),
  ],
  'unknown grant type': [
    '400 unsupported_grant_type',
    async (_, { project }) => outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: 'password' })),
  ],
  'made-up server secret': [
    '401 invalid_client',
    async (_, { project }) => outcomeOf(await postForm(project, '/api/oauth/token/exchange', {}, { headers: bearer('gate_srv_made-up') })),
  ],
  'made-up registration secret': [
    '401 invalid_token',
    async (_, { project }) => outcomeOf(await register(project, { redirect_uris: [REDIRECT_URI] }, bearer('gate_reg_made-up'))),
  ],
  'unregistered redirect URI': [
    '400',
    async ({ clients }, { project }) => {
      const url = pick(clients, 0).oauth.authorizeUrl('c'.repeat(43), { redirect_uri: 'https://evil.test/cb' })
      const answer = await answerOf(await project.fetch(url))
      expect(answer.headers.get('location')).toBeNull()
      return outcomeOf(answer)
    },
  ],
}

/** I10: whoever proves nothing leaves no row. A suspended project says its own no. */
export const probes = fc.constantFrom(...Object.keys(PROBES)).map((name) =>
  command({
    says: `probe(${name})`,
    when: ({ suspended }) => !suspended,
    does: async (model, real) => {
      const [outcome, probe] = PROBES[name] ?? ['', async () => 'no such probe']
      const inProcess = real.target.door === 'in-process' // over HTTP what was introspected before is written late
      const before = inProcess && (await real.project.snapshot())
      expect(await probe(model, real)).toBe(outcome)
      expect(inProcess && (await real.project.snapshot())).toBe(before)
    },
  }),
)

/** The project's own secret as a client's: a real credential in the wrong place, which its owner must hear of. */
export const misuses = fc.nat(9).map((chosen) =>
  command({
    says: `send the server secret as that of client(${chosen})`,
    when: ({ clients, suspended }) => !suspended && maySpeak({ ...pick(clients, chosen), revoked: true }),
    does: async (model, real) => {
      const client = pick(model.clients, chosen)
      noteOnce(real.serverSecret, { action: 'credential.misused' }, model.ledger, model)
      client.refusals++
      const form = {
        grant_type: 'refresh_token',
        refresh_token: 'gate_rt_x',
        client_id: client.oauth.clientId,
        client_secret: real.serverSecret,
      }
      expect(outcomeOf(await postForm(real.project, '/api/oauth/token', form))).toBe('401 invalid_client')
    },
  }),
)

/** I4: whatever the project handed out, shown to another one. */
export const carries = fc.record({ kind: fc.constantFrom('code', 'refresh', 'access'), chosen: fc.nat(99) }).map(({ kind, chosen }) =>
  command({
    says: `carry to the other project(${kind} ${chosen})`,
    when: (model) => ({ code: model.codes, refresh: model.families, access: model.tokens })[kind]?.length !== 0,
    does: (model, real) => {
      if (kind === 'code') return carryCode(pick(model.codes, chosen), model, real)
      if (kind === 'refresh') return carryRefresh(pick(model.families, chosen).tokens.at(-1) ?? '', model, real)
      return carryAccess(pick(model.tokens, chosen).value, real)
    },
  }),
)

export async function carryCode({ value, verifier }: Model['codes'][number], model: Model, { stranger }: Real): Promise<void> {
  noteOnce(value, { action: 'cross_tenant.used', clientId: stranger.clientId }, model.elsewhere, model)
  const form = { code: value, code_verifier: verifier, redirect_uri: stranger.redirectUri }
  expect(outcomeOf(await stranger.redeem(form))).toBe('400 invalid_grant')
}

export async function carryRefresh(token: string, model: Model, { stranger }: Real): Promise<void> {
  noteOnce(token, { action: 'cross_tenant.used', clientId: stranger.clientId }, model.elsewhere, model)
  expect(outcomeOf(await stranger.refresh(token))).toBe('400 invalid_grant')
  expect(outcomeOf(await stranger.revoke(token))).toBe('200')
}

export async function carryAccess(token: string, { other, stranger }: Real): Promise<void> {
  expect((await introspect(other, token)).text).toBe('{"active":false}')
  expect(outcomeOf(await stranger.revoke(token))).toBe('200')
}
