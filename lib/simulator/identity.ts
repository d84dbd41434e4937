import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { requireFilled } from './discovery.ts'
import type { Expectation, Identity } from './profile.ts'
import type { ClientIdentity, Metadata, Run } from './run.ts'
import { type Answer, listOf, scopesIn, textOf } from './wire.ts'

type Of<Kind extends Identity['kind']> = Extract<Identity, { kind: Kind }>

/** How the client becomes known to the issuer: by a document, by registration, or because somebody typed it in. */
export async function identify(metadata: Metadata, run: Run): Promise<ClientIdentity> {
  const { identity } = run.profile
  switch (identity.kind) {
    case 'vendor-document':
      run.wire.note('document', `it is ${identity.url}`)
      return { clientId: identity.url, clientSecret: null, method: 'none', scope: [], prove: null }
    case 'own-document':
      return publish(identity, run)
    case 'registration':
      return register(identity, metadata, run)
    case 'predefined':
      return predefine(identity, run)
  }
}

async function publish({ document, keys }: Of<'own-document'>, { profile, options, wire }: Run): Promise<ClientIdentity> {
  wire.note('document', 'it publishes a document')
  const publishAt = wire.need(options.publish, 'this run has nowhere to publish a document')
  if (!keys) {
    const clientId = await publishAt(`/${profile.id}/client.json`, (url) => ({ client_id: url, ...document }))
    return { clientId, clientSecret: null, method: 'none', scope: [], prove: null }
  }
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' }
  const jwksUri = await publishAt(`/${profile.id}/jwks.json`, () => ({ keys: [key] }))
  const clientId = await publishAt(`/${profile.id}/client.json`, (url) => ({ client_id: url, ...document, jwks_uri: jwksUri }))
  const { now = () => Math.floor(Date.now() / 1000) } = options
  const prove = (aud: string) =>
    new SignJWT({ iss: clientId, sub: clientId, aud, jti: randomUUID(), iat: now(), exp: now() + 300 })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
      .sign(privateKey)
  return { clientId, clientSecret: null, method: 'private_key_jwt', scope: [], prove }
}

/** RFC 7591 §3. */
async function register({ metadata: sent, expects }: Of<'registration'>, metadata: Metadata, run: Run): Promise<ClientIdentity> {
  const { wire, options } = run
  const { registrationSecret } = options
  const answer = await wire.ask('register', textOf(metadata, 'registration_endpoint') ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(registrationSecret ? { authorization: `Bearer ${registrationSecret}` } : {}) },
    body: JSON.stringify(sent),
  })
  const { members, status, isJson } = answer
  wire.require(status === 201 && isJson, `registration was refused: ${members.error} (${members.error_description})`)
  requireFilled(members, run)
  const clientId = wire.need(textOf(members, 'client_id'), 'there is no client_id in the answer')
  for (const expectation of expects) wire.require(EXPECTED[expectation](answer, sent), `the answer lacks what it expects: ${expectation}`)
  wire.judge(`registered as ${clientId}`)
  const method = textOf(members, 'token_endpoint_auth_method') ?? 'client_secret_basic'
  return { clientId, clientSecret: textOf(members, 'client_secret'), method, scope: scopesIn(textOf(members, 'scope')), prove: null }
}

const EXPECTED: Readonly<Record<Expectation, (answer: Answer, sent: Readonly<Record<string, unknown>>) => boolean>> = {
  secret: ({ members }) => textOf(members, 'client_secret') !== null && typeof members.client_secret_expires_at === 'number',
  'no-secret': ({ members }) => !('client_secret' in members),
  'refresh-token-grant': ({ members }) => listOf(members, 'grant_types').includes('refresh_token'),
  scope: ({ members }) => textOf(members, 'scope') !== null,
  'every-redirect-uri': ({ members }, sent) => listOf(sent, 'redirect_uris').every((uri) => listOf(members, 'redirect_uris').includes(uri)),
}

async function predefine({ method }: Of<'predefined'>, { options, redirectUri, wire }: Run): Promise<ClientIdentity> {
  wire.note('register', 'somebody types in a client')
  const predefined = wire.need(options.predefine, 'this run has no client made by hand')
  return { ...(await predefined({ redirectUri, method })), method, scope: [], prove: null }
}
