import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

export const descope: Guide = {
  slug: 'descope',
  title: 'From Descope',
  summary: 'MCP servers of the Agentic Identity Hub become projects; Bring Your Own Auth becomes your own sign-in page.',
  lead: 'Descope keeps each MCP server as a resource with scopes, ways to register and a consent flow. Here that is a project. What has no counterpart is named as well.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'Descope and Gatehouse',
            sides: ['Descope', 'Gatehouse'],
            rows: [
              [
                'Your MCP server',
                'an MCP server in the Agentic Identity Hub, each its own OAuth provider',
                'a project; several servers may be resources of one',
              ],
              ['Issuer', 'below a path: `…/v1/apps/agentic/<project>/<server>`', 'below a path, `…/p/<slug>`, or a host of its own'],
              ['Clients', 'documents and registration, per server', 'documents on by default; registration guarded, open, or off'],
              ['Confidential clients', 'not by registration', 'by registration too: without a method a client gets a secret'],
              ['Consent', 'a flow that you design', 'one page, in six languages, a box per scope, your logo and colour'],
              ['People in your own system', 'Bring Your Own Auth, inside the flow', 'your own sign-in page, or token exchange'],
              [
                'Tokens of other services',
                'Connections: a vault for many services',
                'the token of the provider that the user came from, and no other',
              ],
              [
                'Policies, tenants',
                'rules over agents, users and scopes; tenants',
                'scopes and ceilings of clients; no policy language, no tenants inside a project',
              ],
              ['Companies’ own providers', 'enterprise-managed authorization (XAA)', 'the same, by ID-JAG, where it is on'],
            ],
          },
        },
        'What is said of Descope is from [MCP servers](https://docs.descope.com/agentic-identity-hub/core-components/mcp-servers), [Bring Your Own Auth](https://docs.descope.com/mcp/bring-your-own-auth) and [inbound apps](https://docs.descope.com/inbound-apps/creating-inbound-apps), read in November 2026.',
      ],
    },
    {
      id: 'settings',
      title: 'Their setting, ours',
      blocks: [
        {
          compare: {
            label: 'Settings',
            sides: ['Descope', 'Gatehouse'],
            rows: [
              ['Well-known URL', 'of the MCP server’s settings', '`<issuer>/.well-known/openid-configuration`, and the forms of RFC 8414'],
              ['Scopes', 'of the MCP server', '`POST …/scopes`, with words for the consent page'],
              ['CIMD, DCR', 'client registration methods', '`documentPolicy`, `registrationMode`'],
              ['Inbound app', 'client id and secret', 'a client made by hand'],
              ['Management key', 'of the company', 'an API key, with permissions of its own'],
              ['FastMCP', '`DescopeProvider`', '`RemoteAuthProvider`: see [FastMCP](/docs/moving/fastmcp#server)'],
              ['Express', '`@descope/mcp-express`', 'the Express snippet of quick start'],
            ],
          },
        },
      ],
    },
    setUp,
    people('Descope', 'U2J5ES9S8TkvCgOvcrkpzUgVTEBM', [
      'With Bring Your Own Auth your own system signs people in already: it does the same for us, by one call.',
    ]),
    clients,
    server(),
    both('Descope'),
    notice,
    ending('Descope'),
  ],
}
