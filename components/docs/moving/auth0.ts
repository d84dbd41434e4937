import { createProvider, trustIssuer } from './calls.ts'
import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

export const auth0: Guide = {
  slug: 'auth0',
  title: 'From Auth0',
  summary: 'Move the MCP part alone: Auth0 goes on signing people in, as a provider of the project.',
  lead: 'Auth0 is an identity provider that learnt MCP by switches. You can move all of it, or let people go on signing in there and have tokens for your MCP server from here.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'Auth0 and Gatehouse',
            sides: ['Auth0', 'Gatehouse'],
            rows: [
              [
                '`resource`',
                'read once the Resource Parameter Compatibility Profile is on; else `audience`',
                'always read; `audience` at token exchange',
              ],
              ['Your MCP server', 'an API, its identifier the audience', 'a resource, its URL the audience'],
              [
                'Clients',
                'documents imported by hand (recommended), made by hand, or registered dynamically',
                'documents read as clients come, made by hand, or registered',
              ],
              [
                'Registered clients',
                'third-party applications, which need connections at the level of the domain',
                'ordinary clients, of all ways to sign in',
              ],
              ['`iss` in the response', 'a switch', 'on by default'],
              ['What a token allows', '`scope`, and `permissions` by the token’s dialect', '`scope`'],
              ['Issuer', 'ends with a slash', 'never does'],
            ],
          },
        },
        'What is said of Auth0 is from [registering an MCP client](https://auth0.com/ai/docs/mcp/guides/registering-your-mcp-client-application) and the [Resource Parameter Compatibility Profile](https://auth0.com/ai/docs/mcp/guides/resource-param-compatibility-profile), read in November 2026.',
      ],
    },
    setUp,
    people('Auth0', 'auth0|5f7c8ec7c33c6c004bbafe82', [
      'Auth0 can stay the place where people sign in. Make a regular web application there, register the callback that our settings show, and add it:',
      { call: createProvider({ title: 'Auth0 as the way to sign in', preset: 'oidc', issuer: 'https://acme.eu.auth0.com/' }) },
      'Their `sub` here is new, `user_…`. Where a backend of yours holds Auth0’s ID tokens, it can have ours for them, once the project trusts that issuer:',
      {
        call: trustIssuer(
          'https://acme.eu.auth0.com/',
          'https://acme.eu.auth0.com/.well-known/jwks.json',
          'the-client-id-of-your-application',
        ),
      },
    ]),
    clients,
    server(),
    both('Auth0'),
    notice,
    ending('Auth0'),
  ],
}
