const WORDS: Readonly<Record<string, string>> = {
  registrationMode: 'Registration',
  issParameter: 'iss in authorization responses',
  signingAlgorithm: 'Signing algorithm',
  accessTokenTtlSeconds: 'Access token lifetime (seconds)',
  refreshIdleSeconds: 'Refresh token lifetime when unused (seconds)',
  refreshAbsoluteSeconds: 'Refresh token lifetime at most (seconds)',
  clientCredentials: 'Client credentials',
  tokenExchange: 'Token exchange',
  signUpOpen: 'Sign-up',
  offerAllScopes: 'Offer all scopes on the consent page',
  documentPolicy: 'Client metadata documents',
  documentHosts: 'Hosts of client metadata documents',
  privateUseSchemes: 'Private-use redirect schemes',
  allowedOrigins: 'Allowed origins',
  tokenType: 'Spelling of token_type',
  offlineAccessRequired: 'Refresh tokens for offline_access only',
  enterpriseAuthorization: 'Enterprise-managed authorization',
  workloadIdentity: 'Workload identity',
  pushedRequests: 'Pushed authorization requests',
  dpop: 'DPoP',
  deviceGrant: 'Device grant',
  openidConnect: 'OpenID Connect',
  signInPassword: 'Sign in with a password',
  signInEmail: 'Sign in by e-mail',
  signInPasskey: 'Sign in with a passkey',
  handoffUrl: 'Your own sign-in page',
  claimMappings: 'Custom claims',
  accentColor: 'Accent colour',
  supportUrl: 'Support page',
  policyUrl: 'Privacy policy',
  termsUrl: 'Terms of service',
  auditRetentionDays: 'Audit log kept for (days)',
  keyRotationDays: 'Signing key rotated after (days)',
}

/** A difference's name in words; one this list does not know yet by its own. */
export const settingWords = (name: string): string => (name.startsWith('scope:') ? `Scope ${name.slice(6)}` : (WORDS[name] ?? name))

/** A value as somebody reads it. */
export function valueWords(value: unknown): string {
  if (value === null || value === '' || value === '[]') return 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${valueWords(part)}`)
      .join('\n')
  return String(value)
}
