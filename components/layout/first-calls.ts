/** What the management API takes for the first of something, below /projects/<slug>. By the id of its operation. */
export const FIRST_CALLS = {
  createUser: { path: '/users', body: { email: 'grace@example.com', name: 'Grace Hopper', password: 'a-long-passphrase' } },
  createTrustedIssuer: {
    path: '/trusted-issuers',
    body: { kind: 'subject-token', issuer: 'https://idp.example.com', jwksUri: 'https://idp.example.com/.well-known/jwks.json' },
  },
  createWebhookEndpoint: { path: '/webhooks', body: { url: 'https://backend.example.com/hooks/gatehouse' } },
  claimDomain: { path: '/domains', body: { host: 'login.example.com' } },
} as const

export type FirstCallName = keyof typeof FIRST_CALLS

/** As a line of shell; the two variables are those of the file that comes with an API key. */
export function firstCall(name: FirstCallName, project: string): string {
  const { path, body } = FIRST_CALLS[name]
  return `curl -s "$GATEHOUSE_URL/api/management/projects/${project}${path}" \\
  -H "Authorization: Bearer $GATEHOUSE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body)}'`
}
