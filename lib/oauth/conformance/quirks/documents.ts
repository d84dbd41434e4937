import { expect } from 'vitest'
import { assertionClaims, clientKey } from '../client-key.ts'
import { serverClock } from '../dpop-key.ts'
import { answerOf, connect, type Form, newCode, oauthClient, outcomeOf, postForm, tokensOf } from '../oauth-client.ts'
import { REDIRECT_URI } from '../target.ts'
import { type Checks, type Contraries, type Ground, METADATA } from './check.ts'

const CLAUDE_CODE = 'https://claude.ai/oauth/claude-code-client-metadata'
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const documentClient = ({ project }: Pick<Ground, 'project'>, clientId: string, redirectUri: string) =>
  oauthClient(project, { clientId, clientSecret: null, method: 'none', redirectUri })

/** A client with a document and a key of its own; `methods` is the plural member, as ChatGPT publishes it. */
async function keyHolder(ground: Ground, methods?: readonly string[]) {
  const site = await ground.target.site()
  const clientId = site.url('/oauth/client.json')
  const key = await clientKey('RS256')
  const now = await serverClock(ground.project)
  site.publish('/oauth/client.json', {
    body: {
      client_id: clientId,
      client_name: 'Holder of a key',
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'private_key_jwt',
      ...(methods ? { token_endpoint_auth_methods_supported: methods } : {}),
      token_endpoint_auth_signing_alg: 'RS256',
      jwks: { keys: [key.jwk] },
    },
  })
  const proof = async (audience: string | string[]): Promise<Form> => ({
    client_assertion_type: JWT_BEARER,
    client_assertion: await key.sign(assertionClaims(clientId, audience, now())),
  })
  return { client: documentClient(ground, clientId, REDIRECT_URI), proof }
}

export const checks: Checks = {
  'documents-beside-registration': async (ground) => {
    const { body } = await answerOf(await ground.project.fetch(METADATA))
    expect(body.client_id_metadata_document_supported).toBe(true)
    expect(body.registration_endpoint).toBeTypeOf('string')
    expect(body.token_endpoint_auth_methods_supported).toContain('none')
  },

  'documents-of-vendors-kept': async (ground) => {
    const { project, user, browser } = ground
    const client = documentClient(ground, CLAUDE_CODE, 'http://localhost:3118/callback')
    const { refresh } = await connect(project, client, { user, browser })
    expect(outcomeOf(await client.refresh(refresh))).toBe('200')
  },

  'document-offers-two-methods': async (ground) => {
    const { project, user, browser } = ground
    const { client, proof } = await keyHolder(ground, ['none', 'private_key_jwt'])
    const { redeem } = await newCode(project, client, { user, browser })
    const first = await client.redeem({ ...redeem, ...(await proof(project.issuer)) })
    expect(outcomeOf(first)).toBe('200')
    expect(outcomeOf(await client.refresh(tokensOf(first).refresh))).toBe('200')
  },

  'assertion-audience-either-way': async (ground) => {
    const { project, user, browser } = ground
    const { client, proof } = await keyHolder(ground)
    const endpoint = `${project.issuer}/api/oauth/token`
    const { redeem } = await newCode(project, client, { user, browser })
    const ask = async (audience: string | string[], form: Form) => client.token({ ...form, ...(await proof(audience)) })
    expect(outcomeOf(await ask([project.issuer, 'https://elsewhere.example.com'], { grant_type: 'authorization_code', ...redeem }))).toBe(
      '401 invalid_client',
    )
    let { refresh } = tokensOf(await ask(project.issuer, { grant_type: 'authorization_code', ...redeem }))
    for (const audience of [endpoint, `${project.issuer}/`, `${endpoint}/`, [project.issuer, endpoint]]) {
      ;({ refresh } = tokensOf(await ask(audience, { grant_type: 'refresh_token', refresh_token: refresh })))
    }
    const unproven = await postForm(project, '/api/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: refresh,
      client_id: client.clientId,
    })
    expect(outcomeOf(unproven)).toBe('401 invalid_client')
  },
}

export const otherwise: Contraries = {
  'documents-beside-registration': async (target) => {
    const project = await target.project({ documentPolicy: 'deny' })
    const { body } = await answerOf(await project.fetch(METADATA))
    expect(body).not.toHaveProperty('client_id_metadata_document_supported')
    const client = documentClient({ project }, CLAUDE_CODE, 'http://localhost:3118/callback')
    const response = await project.browser().get(client.authorizeUrl('x'.repeat(43)))
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  },
}
