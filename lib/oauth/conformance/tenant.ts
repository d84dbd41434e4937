import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Connection, connect, type OAuthClient, oauthClient, openConsent, pkcePair, register } from './oauth-client.ts'
import { type PageForm, REDIRECT_URI, type Target, type TestBrowser, type TestProject, type TestUser } from './target.ts'

const ALL_GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code']

/** A project in which something of everything is going on. */
export type Tenant = {
  readonly project: TestProject
  readonly user: TestUser
  /** Public. */
  readonly client: OAuthClient
  /** With a secret, for itself. */
  readonly machine: OAuthClient
  readonly connected: Connection
  /** It registered itself, with a key instead of a secret. */
  readonly registered: { readonly clientId: string; readonly accessToken: string; assertion(claims?: object): Promise<string> }
  /** A browser in front of the consent page. */
  readonly pending: { readonly browser: TestBrowser; readonly form: PageForm }
}

/** With every switch on: what is off refuses all alike. */
export async function newTenant(target: Target): Promise<Tenant> {
  const project = await target.project({
    ...{ pushedRequests: true, deviceGrant: true, openidConnect: true, enterpriseAuthorization: true, workloadIdentity: true },
  })
  const user = await project.user()
  const client = oauthClient(project, await project.client({ grantTypes: ALL_GRANTS }))
  const machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ALL_GRANTS }))
  const connected = await connect(project, client, { user })
  const registered = await selfRegistered(project, connected)
  return { project, user, client, machine, connected, registered, pending: await newPending({ project, client, user }) }
}

/** A browser that has been led to the consent page and has not answered. */
export async function newPending({ project, client, user }: Pick<Tenant, 'project' | 'client' | 'user'>): Promise<Tenant['pending']> {
  const browser = project.browser()
  const form = await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser }))
  return { browser, form }
}

async function selfRegistered(project: TestProject, { access }: Connection): Promise<Tenant['registered']> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }] }
  const { body } = await register(project, { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'private_key_jwt', jwks })
  const { client_id: clientId = '' } = body
  const now = Number(decodeJwt(access).iat) // the server's clock is the only one
  let count = 0
  return {
    clientId,
    accessToken: String(body.registration_access_token),
    assertion: (claims = {}) =>
      new SignJWT({ iss: clientId, sub: clientId, aud: project.issuer, iat: now, exp: now + 60, jti: `${clientId} ${count++}`, ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .sign(privateKey),
  }
}
