import type { Issuer } from '../context.ts'

/** A project as a test wants it; what is not given is a new project's default. */
export const issuerWith = (given: Partial<Issuer> = {}): Issuer => ({
  url: 'https://auth.example.com/p/acme',
  projectId: '0190a000-0000-7000-8000-000000000001',
  projectName: 'Acme',
  slug: 'acme',
  registrationMode: 'guarded',
  issParameter: true,
  signingAlgorithm: 'ES256',
  accessTokenTtlSeconds: 3600,
  refreshIdleSeconds: 2_592_000,
  refreshAbsoluteSeconds: 7_776_000,
  clientCredentials: true,
  tokenExchange: true,
  signUpOpen: true,
  offerAllScopes: false,
  suspended: false,
  resources: [{ identifier: 'https://mcp.acme.com/mcp', name: 'Acme', isDefault: true }],
  scopes: [
    { name: 'read', description: 'See your data', isDefault: true },
    { name: 'write', description: 'Make changes for you', isDefault: true },
  ],
  ...given,
})
