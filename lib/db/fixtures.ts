import { randomBytes, randomUUID } from 'node:crypto'
import type { OAuthAction, OAuthEvent } from '#lib/oauth/events.ts'
import type {
  Approval,
  AuthorizationRequest,
  Client,
  DeviceAuthorization,
  NewClient,
  NewRefreshFamily,
  OAuthStore,
} from '#lib/oauth/store.ts'

/** Stands for the SHA-256 of something secret. */
export const hash = (): string => randomBytes(32).toString('hex')

export const event = (action: OAuthAction, fields: Partial<OAuthEvent> = {}): OAuthEvent => ({
  step: 'token',
  actorKind: 'client',
  ...fields,
  action,
})

/** Of every client made here, so that its requests may be approved. */
const METADATA_HASH = hash()

export const newClient = (fields: Partial<NewClient> = {}): NewClient => ({
  clientId: `c_${randomBytes(16).toString('base64url')}`,
  name: 'Cursor',
  source: 'registered',
  applicationType: 'native',
  tokenEndpointAuthMethod: 'none',
  tokenEndpointAuthMethods: ['none'],
  jwks: null,
  jwksUri: null,
  dpopBoundAccessTokens: false,
  redirectUris: ['http://127.0.0.1/callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  scope: null,
  clientUri: null,
  logoUri: null,
  metadataHash: METADATA_HASH,
  secretHash: null,
  secretLastFour: null,
  registrationTokenHash: null,
  ...fields,
})

/** A client whose id is the URL of its metadata, as its document was read. */
export function documentClient(fields: Partial<Client> = {}): Client {
  const { secretHash, secretLastFour, registrationTokenHash, ...client } = newClient({
    clientId: `https://app.example.com/${randomUUID()}.json`,
    source: 'document',
  })
  return { ...client, trusted: false, secretHashes: [], revoked: false, documentReadAt: new Date(), ...fields }
}

export const newRequest = (clientId: string): AuthorizationRequest => ({
  idHash: hash(),
  issuer: 'https://auth.example.com/p/acme',
  clientId,
  redirectUri: 'http://127.0.0.1:51004/callback',
  redirectUriSent: true,
  scope: 'read write',
  resources: ['https://mcp.example.com/mcp'],
  state: 'af0ifjsldkj',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  metadataHash: METADATA_HASH,
  nonce: 'n-0S6_WzA2Mj',
  dpopJkt: null,
  deviceCodeHash: null,
  loginHint: null,
  browserHash: hash(),
})

export const newDevice = (clientId: string): DeviceAuthorization => ({
  deviceCodeHash: hash(),
  userCodeHash: hash(),
  issuer: 'https://auth.example.com/p/acme',
  clientId,
  scope: 'read write',
  resources: ['https://mcp.example.com/mcp'],
})

/** The request of somebody who typed the user code of that device. */
export const deviceRequest = ({ deviceCodeHash, clientId }: DeviceAuthorization): AuthorizationRequest => ({
  ...newRequest(clientId),
  ...{ redirectUri: '', redirectUriSent: false, state: null, codeChallenge: '', nonce: null, deviceCodeHash },
})

export const newFamily = (fields: Partial<NewRefreshFamily> = {}): NewRefreshFamily => ({
  id: randomUUID(),
  salt: randomBytes(16).toString('base64url'),
  currentHash: hash(),
  idleSeconds: 3_600,
  absoluteSeconds: 86_400,
  dpopJkt: null,
  ...fields,
})

export const successor = (idleSeconds = 3_600) => ({ hash: hash(), salt: randomBytes(16).toString('base64url'), idleSeconds })

export async function registered(store: OAuthStore): Promise<string> {
  const client = newClient()
  const { outcome } = await store.createClient(client, null, event('client.registered'))
  if (outcome !== 'created') throw new Error(`a registration ended as ${outcome}`)
  return client.clientId
}

export const approval = (fields: Partial<Approval> = {}): Approval => ({
  grantId: randomUUID(),
  codeHash: hash(),
  userId: 'customer-7',
  authTime: new Date(),
  scope: 'read',
  ...fields,
})

export type Approved = Approval & { readonly clientId: string; readonly idHash: string }

/** A code that waits to be redeemed. */
export async function approved(store: OAuthStore, fields: Partial<Approved> = {}): Promise<Approved> {
  const { clientId = await registered(store), idHash: _, ...given } = fields
  const request = newRequest(clientId)
  const answer = approval(given)
  await store.createAuthorizationRequest(request, null, event('authorization.requested'))
  const outcome = await store.approveRequest(request.idHash, answer, null, event('grant.approved'))
  if (outcome !== 'approved') throw new Error(`an approval ended as ${outcome}`)
  return { ...answer, clientId, idHash: request.idHash }
}

/** A refresh family in its first generation. */
export async function redeemed(store: OAuthStore, fields: Partial<Approved> = {}, lifetime: Partial<NewRefreshFamily> = {}) {
  const code = await approved(store, fields)
  const family = newFamily(lifetime)
  const outcome = await store.redeemCode(code.codeHash, randomUUID(), family, event('token.issued'))
  if (outcome !== 'redeemed') throw new Error(`a redemption ended as ${outcome}`)
  return { ...code, familyId: family.id, currentHash: family.currentHash }
}
