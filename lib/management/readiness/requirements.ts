import { checkRedirectUri } from '#lib/oauth/redirect-uri.ts'
import type { ServerCheck } from '../checks/inputs.ts'
import type { ProjectDetails } from '../projects/get.ts'
import type { Connections } from './connections.ts'
import { FAMILIES, type Family } from './families.ts'

/** What a project says of itself, all of it its own. */
export type ReadinessFacts = {
  readonly issuer: string
  /** What its metadata document says now (RFC 8414). */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly project: Pick<ProjectDetails, 'settings' | 'resources' | 'scopes' | 'reviewer'>
  readonly connections: Connections
  readonly now: Date
}

/** `unseen`: on the MCP server, where only its owner or a check can look. */
export type RequirementState = 'ready' | 'needs-you' | 'unseen'

export type Requirement = {
  readonly id: string
  readonly group: 'Authorization' | 'Connections' | 'Your project' | 'Your server'
  readonly title: string
  readonly state: RequirementState
  /** One sentence. */
  readonly why: string
  /** The setting or fact that decides it. */
  readonly evidence: string | null
  /** Where it is changed, below the project's pages. */
  readonly mend: string | null
  /** What shows it: a check of the MCP server, or a look at the issuer. */
  readonly check: ServerCheck | 'issuer' | null
}

type Judged = Pick<Requirement, 'why'> & { readonly isReady: boolean; readonly evidence: string }

type Rule = Pick<Requirement, 'id' | 'group' | 'title' | 'mend'> & { readonly judge: (facts: ReadinessFacts) => Judged }

/** So long a stolen access token is of use; what refreshes it is the client's. */
const LONGEST_ACCESS_TOKEN_SECONDS = 3_600

const RULES: readonly Rule[] = [
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
  {
    ...{ id: 'issuer-https', group: 'Your project', title: 'A public issuer', mend: '/domains' },
    judge: ({ issuer }) => {
      const isReady = isPublic(issuer)
      return {
        isReady,
        why: isReady
          ? 'Hosted clients reach it by https.'
          : 'Hosted clients ask from the public internet, by https; this issuer is not there.',
        evidence: issuer,
      }
    },
  },
  {
    ...{ id: 'resource', group: 'Your project', title: 'The MCP server’s URL', mend: '/resources' },
    judge: ({ project: { resources } }) => {
      const identifier = resources.find(({ isDefault }) => isDefault)?.identifier
      const isReady = identifier !== undefined && isPublic(identifier)
      return {
        isReady,
        why: isReady
          ? 'It is set, public and https: tokens carry it as their audience.'
          : identifier === undefined
            ? 'No resource is the default one.'
            : 'The default resource is not a public https URL, so no hosted client reaches it.',
        evidence: identifier ?? 'None',
      }
    },
  },
  {
    ...{ id: 'scope-words', group: 'Your project', title: 'Scopes in words', mend: '/scopes' },
    judge: ({ project: { scopes } }) => {
      const wordless = scopes.filter(({ name, description }) => description.trim() === '' || description.trim() === name)
      const isReady = scopes.length > 0 && wordless.length === 0
      return {
        isReady,
        why: isReady
          ? 'People read what each allows before they decide.'
          : scopes.length === 0
            ? 'There are no scopes, so people cannot see what they allow.'
            : `People cannot tell what ${wordless.map(({ name }) => name).join(', ')} allows.`,
        evidence: scopes.map(({ name, description }) => `${name}: ${description}`).join(' · ') || 'None',
      }
    },
  },
  {
    ...{ id: 'scope-split', group: 'Your project', title: 'Reading apart from writing', mend: '/scopes' },
    judge: ({ project: { scopes } }) => {
      const isReady = scopes.length > 1 && scopes.some(({ isRequired }) => !isRequired)
      return {
        isReady,
        why: isReady ? 'People can allow one without the other.' : 'People can only allow everything or nothing.',
        evidence:
          scopes.map(({ name, risk, isRequired }) => `${name} (${risk} risk${isRequired ? ', required' : ''})`).join(', ') || 'None',
      }
    },
  },
  {
    ...{ id: 'privacy-policy', group: 'Your project', title: 'Privacy policy', mend: '/settings#policyUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.policyUrl, 'Submission forms ask for a privacy policy.'),
  },
  {
    ...{ id: 'terms', group: 'Your project', title: 'Terms of service', mend: '/settings#termsUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.termsUrl, 'Nothing says on which terms people use it.'),
  },
  {
    ...{ id: 'support', group: 'Your project', title: 'Support', mend: '/settings#supportUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.supportUrl, 'Submission forms ask where users find help.'),
  },
  {
    ...{ id: 'reviewer', group: 'Your project', title: 'An account for reviewers', mend: '/settings/sign-in#reviewer' },
    judge: ({ project: { reviewer, settings }, now }) => {
      if (!reviewer) return { isReady: false, why: 'Reviewers need an account that works without your mailbox.', evidence: 'None' }
      const evidence = `${reviewer.email}, until ${reviewer.expiresAt.toISOString().slice(0, 10)}`
      if (reviewer.expiresAt <= now) return { isReady: false, why: 'Its code has expired.', evidence }
      if (!settings.signInEmail) return { isReady: false, why: 'Sign-in by e-mail is off, and its code is entered there.', evidence }
      return { isReady: true, why: 'It signs in with a fixed code, without a mail.', evidence }
    },
  },
  ...FAMILIES.map(
    (family): Rule => ({
      ...{ id: `connected-${family.id}`, group: 'Connections', title: `${family.name} has connected`, mend: '/quick-start#clients' },
      judge: ({ connections }) => {
        const connection = connections[family.id]
        return {
          isReady: connection !== null,
          why: connection
            ? 'Somebody signed in there, and it got a token.'
            : `Connect it once yourself: nobody has come from ${family.name} yet.`,
          evidence: connection ? `${connection.name}, first token ${connection.at.toISOString().slice(0, 10)}` : 'No token so far',
        }
      },
    }),
  ),
]

/** What a directory looks at on the MCP server itself. */
const UNSEEN: readonly Omit<Requirement, 'state' | 'evidence'>[] = [
  {
    ...{ id: 'server-challenge', group: 'Your server', title: 'It asks for a token', mend: null, check: 'challenge' },
    why: 'Without one it answers 401, with a header that names its metadata.',
  },
  {
    ...{ id: 'server-metadata', group: 'Your server', title: 'Its metadata names this issuer', mend: null, check: 'metadata' },
    why: 'Byte for byte, at both addresses.',
  },
  {
    ...{ id: 'issuer-reachable', group: 'Your server', title: 'The issuer answers on the internet', mend: null, check: 'issuer' },
    why: 'No firewall or bot protection stands between hosted clients and this issuer.',
  },
  {
    ...{ id: 'tool-hints', group: 'Your server', title: 'Tools say what they do', mend: null, check: null },
    why: 'Each has a title, and readOnlyHint or destructiveHint: look at what tools/list answers.',
  },
]

/** In the order in which they are read: what is decided here, then what only the owner can look at. */
export const requirementsOf = (facts: ReadinessFacts): Requirement[] => [
  ...RULES.map(({ judge, ...rule }): Requirement => {
    const { isReady, why, evidence } = judge(facts)
    return { ...rule, state: isReady ? 'ready' : 'needs-you', why, evidence, check: null }
  }),
  ...UNSEEN.map((rule): Requirement => ({ ...rule, state: 'unseen', evidence: null })),
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

const linkJudged = (url: string | null, missing: string): Judged => ({
  isReady: url !== null,
  why: url === null ? missing : 'It stands on the pages where people sign in and decide.',
  evidence: url ?? 'None',
})

const isPublic = (url: string): boolean => /^https:\/\/(?!localhost[:/]|127\.|\[|[^/]*\.localhost(?:[:/]|$))/.test(`${url}/`)
