import { createProvider } from './calls.ts'
import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

export const keycloak: Guide = {
  slug: 'keycloak',
  title: 'From Keycloak',
  summary: 'Keep the realm for people, and take MCP’s tokens from here.',
  lead: 'Keycloak is self-hosted as well. What MCP needs beyond OpenID Connect is experimental there; the realm can stay where people sign in while clients, consent and tokens for your MCP server are here.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'Keycloak and Gatehouse',
            sides: ['Keycloak', 'Gatehouse'],
            rows: [
              [
                'RFC 8707 `resource`',
                'experimental, `--features=resource-indicators`; else an audience mapper on each client scope',
                'always',
              ],
              [
                'Metadata documents',
                'experimental, `--features=cimd`, with a client policy that lists trusted domains',
                'on by default; a list of hosts if you want one',
              ],
              [
                'Dynamic registration',
                'supported, with policies for hosts, scopes and web origins',
                'guarded by a secret, open, or off; scripts of any origin, or a list',
              ],
              ['`iss` in the response', 'supported', 'on by default'],
              ['Realm', 'users, clients, roles', 'a project: users, clients, scopes'],
              ['Client scope', 'optional or default', 'a scope, default or not, with words for the consent page'],
              ['Your MCP server', 'a client with `resource_url`', 'a resource'],
              ['Roles and groups', 'mapped into tokens', 'attributes of a user, mapped to claims of your own'],
            ],
          },
        },
        'What is said of Keycloak is from its guide [Integrating with Model Context Protocol](https://www.keycloak.org/securing-apps/mcp-authz-server), read in November 2026.',
      ],
    },
    setUp,
    people('Keycloak', '9f3c1a52-6d0e-4b57-8f5e-0c2b7a1d4e66', [
      'The realm can stay the place where people sign in. Make a confidential client in it with the callback that our settings show, and add the realm as a provider:',
      {
        call: createProvider({
          title: 'The realm as the way to sign in',
          preset: 'oidc',
          issuer: 'https://sso.example.com/realms/acme',
        }),
      },
      'The realm must be reachable from here by https. `sub` is new, `user_…`: keep the old one by your own sign-in page.',
    ]),
    clients,
    server(),
    both('Keycloak'),
    notice,
    ending('Keycloak'),
  ],
}
