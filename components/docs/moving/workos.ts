import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

export const workOs: Guide = {
  slug: 'workos-authkit',
  title: 'From WorkOS AuthKit',
  summary: 'Resource indicators become resources, Standalone Connect your own sign-in page.',
  lead: 'AuthKit is WorkOS’s hosted authorization server for MCP. The parts have the same names in the specification, so most of a move is copying values; `sub` stays if people come by your own page.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'AuthKit and Gatehouse',
            sides: ['WorkOS AuthKit', 'Gatehouse'],
            rows: [
              [
                'Where it runs',
                'WorkOS’s cloud, at `<name>.authkit.app` or, as a paid addition, a domain of yours',
                'your machines: one Node process and PostgreSQL, open source; a domain of yours is a setting',
              ],
              ['Environment', 'an environment of the dashboard', 'a project, with an issuer, keys and users of its own; test twins'],
              [
                'Clients',
                'metadata documents, and registration kept for older clients; both are switched on in the dashboard',
                'metadata documents on by default; registration guarded by a secret, open, or off',
              ],
              [
                'Your MCP server',
                'a resource indicator, one of them the default',
                'a resource, one of them the default; other spellings are aliases',
              ],
              [
                'Scopes',
                'the guide’s metadata lists `email`, `offline_access`, `openid`, `profile`',
                'scopes of your own, with words and a risk, a box each; OpenID’s where you switch them on',
              ],
              [
                'People in your own system',
                'Standalone Connect: your app signs in, AuthKit issues',
                'your own sign-in page, or token exchange',
              ],
              ['Tokens', 'JWT by the AuthKit domain’s keys', 'JWT (RFC 9068), ES256 or RS256, by the project’s keys'],
              ['Resource metadata', 'your server’s', 'your server’s; quick start has the code'],
            ],
          },
        },
        'What is said of AuthKit is from its [guide for MCP](https://workos.com/docs/authkit/mcp), [resource indicators](https://workos.com/docs/reference/authkit/oauth-resource) and [Standalone Connect](https://workos.com/docs/authkit/connect/standalone), read in November 2026.',
      ],
    },
    {
      id: 'settings',
      title: 'Their setting, ours',
      blocks: [
        {
          compare: {
            label: 'Settings',
            sides: ['WorkOS AuthKit', 'Gatehouse'],
            rows: [
              ['Issuer', '`https://<name>.authkit.app`', '`https://auth.example.com/p/<slug>`, or a host of its own'],
              ['JWKS', 'the AuthKit domain’s', '`<issuer>/.well-known/jwks.json`'],
              ['Resource indicator', '`uri`', '`identifier` of a resource'],
              ['CIMD, DCR', 'dashboard, Connect, Configuration', '`documentPolicy`, `registrationMode`'],
              ['OAuth application', 'client id and secret', 'a client made by hand'],
              ['M2M application', '`client_credentials`', 'a client with that grant: [for nobody](/docs/downstream#for-nobody)'],
              ['FastMCP', '`AuthKitProvider`', '`RemoteAuthProvider`: see [FastMCP](/docs/moving/fastmcp#server)'],
            ],
          },
        },
      ],
    },
    setUp,
    people('AuthKit', 'user_01E4ZCR3C56J083X43JQXF3JK5', [
      'With Standalone Connect your application signs people in already: it does the same for us, by one call. With AuthKit’s own pages, your application can stay behind them: its session says who it is.',
    ]),
    clients,
    server(),
    both('AuthKit'),
    notice,
    ending('AuthKit'),
  ],
}
