import { checkRedirectUri } from '#lib/oauth/redirect-uri.ts'
import { FAMILIES, type Family } from './families.ts'
import type { ReadinessFacts, Rule } from './requirement.ts'

/** So long a stolen access token is of use; what refreshes it is the client's. */
const LONGEST_ACCESS_TOKEN_SECONDS = 3_600

/** How clients get their tokens here. */
export const AUTHORIZATION_RULES: readonly Rule[] = [
  {
    ...{ id: 'pkce', group: 'Authorization', title: 'OAuth 2.1 with PKCE S256', mend: null },
    judge: ({ metadata }) => {
      const methods = listIn(metadata, 'code_challenge_methods_supported')
      const isReady = methods.join() === 'S256' && listIn(metadata, 'response_types_supported').join() === 'code'
      return {
        isReady,
        why: isReady
          ? 'Every authorization is a code with an S256 challenge; nothing weaker is offered.'
          : 'Something else than the code flow with S256 is offered.',
        evidence: `code_challenge_methods_supported: ${methods.join(', ')}`,
      }
    },
  },
  {
    ...{ id: 'public-clients', group: 'Authorization', title: 'Public clients', mend: null },
    judge: ({ metadata }) => {
      const methods = listIn(metadata, 'token_endpoint_auth_methods_supported')
      const isReady = methods.includes('none')
      return {
        isReady,
        why: isReady
          ? 'A client needs no secret that it could not keep.'
          : 'Every client has to have a secret, and those that people bring have none.',
        evidence: `token_endpoint_auth_methods_supported: ${methods.join(', ')}`,
      }
    },
  },
  {
    ...{ id: 'client-documents', group: 'Authorization', title: 'Client metadata documents (CIMD)', mend: '/settings/clients#documents' },
    judge: ({ project: { settings } }) => {
      const out = FAMILIES.filter(({ documentHost }) => !believes(settings, documentHost))
      return {
        isReady: out.length === 0,
        why:
          out.length === 0
            ? 'Claude and ChatGPT name themselves by the URL of a document; nobody has to register them.'
            : `The document of ${namesOf(out)} is not believed.`,
        evidence: `Documents are believed of: ${believedOf(settings)}`,
      }
    },
  },
  {
    ...{ id: 'registration', group: 'Authorization', title: 'A way in for each', mend: '/settings/clients#registration' },
    judge: ({ project: { settings } }) => {
      const out = settings.registrationMode === 'open' ? [] : FAMILIES.filter(({ documentHost }) => !believes(settings, documentHost))
      return {
        isReady: out.length === 0,
        why:
          out.length === 0
            ? 'Both can connect as the project is set up, without a client made by hand.'
            : `${namesOf(out)} can neither come by document nor register.`,
        evidence: `Registration: ${settings.registrationMode}`,
      }
    },
  },
  {
    ...{ id: 'callbacks', group: 'Authorization', title: 'Their callbacks', mend: null },
    judge: () => {
      const callbacks = FAMILIES.flatMap((family) => family.callbacks)
      const refused = callbacks.filter((callback) => checkRedirectUri(callback) !== null)
      return {
        isReady: refused.length === 0,
        why:
          refused.length === 0 ? 'Each may be registered, and is compared byte for byte.' : `${refused.join(', ')} may not be registered.`,
        evidence: callbacks.join(', '),
      }
    },
  },
  {
    ...{ id: 'iss', group: 'Authorization', title: 'The issuer in every answer', mend: '/settings/protocol#issParameter' },
    judge: ({ metadata }) => {
      const isReady = metadata.authorization_response_iss_parameter_supported === true
      return {
        isReady,
        why: isReady
          ? 'Authorization answers carry iss (RFC 9207), and the metadata says so.'
          : 'Authorization answers do not carry iss, by which a client tells two authorization servers apart.',
        evidence: `authorization_response_iss_parameter_supported: ${isReady}`,
      }
    },
  },
  {
    ...{ id: 'refresh', group: 'Authorization', title: 'Refresh tokens', mend: '/settings/protocol#offlineAccessRequired' },
    judge: ({ metadata, project: { settings } }) => {
      const isReady = listIn(metadata, 'grant_types_supported').includes('refresh_token') && !settings.offlineAccessRequired
      return {
        isReady,
        why: isReady
          ? 'Each connection gets one, and it rotates with every use.'
          : 'Only clients that ask for offline_access get one; users of the others sign in again whenever a token runs out.',
        evidence: `Only on request: ${settings.offlineAccessRequired ? 'yes' : 'no'}`,
      }
    },
  },
  {
    ...{ id: 'revocation', group: 'Authorization', title: 'Revocation', mend: null },
    judge: ({ metadata }) => {
      const isReady =
        typeof metadata.revocation_endpoint === 'string' && listIn(metadata, 'revocation_endpoint_auth_methods_supported').includes('none')
      return {
        isReady,
        why: isReady
          ? 'A client without a secret can revoke its tokens too (RFC 7009).'
          : 'A client without a secret can not revoke its tokens.',
        evidence: `revocation_endpoint: ${String(metadata.revocation_endpoint)}`,
      }
    },
  },
  {
    ...{ id: 'access-token-life', group: 'Authorization', title: 'Short access tokens', mend: '/settings/protocol#accessTokenTtlSeconds' },
    judge: ({ project: { settings } }) => {
      const minutes = Math.round(settings.accessTokenTtlSeconds / 60)
      const isReady = settings.accessTokenTtlSeconds <= LONGEST_ACCESS_TOKEN_SECONDS
      return {
        isReady,
        why: isReady
          ? 'One that is stolen is of use for an hour at most.'
          : 'One that is stolen is of use for longer than an hour, and clients refresh by themselves.',
        evidence: `Access tokens live for ${minutes} minutes`,
      }
    },
  },
]

const listIn = (metadata: ReadinessFacts['metadata'], name: string): readonly unknown[] => {
  const value = metadata[name]
  return Array.isArray(value) ? value : []
}

const believes = ({ documentPolicy, documentHosts }: ReadinessFacts['project']['settings'], host: string): boolean =>
  documentPolicy === 'open' || (documentPolicy === 'allow-list' && documentHosts.includes(host))

function believedOf({ documentPolicy, documentHosts }: ReadinessFacts['project']['settings']): string {
  if (documentPolicy === 'allow-list') return documentHosts.join(', ') || 'nobody'
  return documentPolicy === 'open' ? 'anybody' : 'nobody'
}

const namesOf = (families: readonly Family[]): string => families.map(({ name }) => name).join(' and ')
