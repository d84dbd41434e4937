import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

export const stytch: Guide = {
  slug: 'stytch',
  title: 'From Stytch',
  summary: 'Connected Apps become clients; the consent component leaves your frontend.',
  lead: 'With Stytch’s Connected Apps your frontend hosts the consent step. Here sign-in and consent are pages of the issuer, and your frontend has no part in it unless you want it to sign people in.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'Stytch and Gatehouse',
            sides: ['Stytch Connected Apps', 'Gatehouse'],
            rows: [
              [
                'Consent',
                '`<IdentityProvider />` or `<B2BIdentityProvider />`, in your frontend',
                'a page of the issuer, which works without scripts',
              ],
              [
                'Clients',
                'first or third party, confidential or public; registration where you enable it, documents recommended',
                'made by hand, by document, by registration',
              ],
              ['Issuer', 'the project’s domain, a domain of yours recommended', '`…/p/<slug>`, or a host of its own'],
              ['`iss` in the response', 'equal to the tokens’ where a domain of yours is set up', 'always, byte for byte'],
              [
                'Tokens',
                'JWT, RS256; `aud` is the client, and audiences that the client is given',
                'JWT (RFC 9068), ES256 or RS256; `aud` is your MCP server',
              ],
              [
                'People in your own system',
                'trusted auth tokens',
                'your own sign-in page, or token exchange with an issuer that you trust',
              ],
              ['Machines', 'M2M, a product beside it', 'a client with client credentials'],
            ],
          },
        },
        'What is said of Stytch is from its [guide for MCP](https://stytch.com/docs/connected-apps/guides/mcp-auth-overview), [client types](https://stytch.com/docs/guides/connected-apps/client-types), [FAQ](https://stytch.com/docs/connected-apps/resources/faq) and [access tokens](https://stytch.com/docs/api-reference/b2b/api/connected-apps/tokens/connected-app-access-token-object), read in November 2026.',
      ],
    },
    {
      id: 'settings',
      title: 'Their setting, ours',
      blocks: [
        {
          compare: {
            label: 'Settings',
            sides: ['Stytch', 'Gatehouse'],
            rows: [
              ['Connected App', '`client_name`, `client_type`, `redirect_urls`', '`name`, `tokenEndpointAuthMethod`, `redirectUris`'],
              ['Lifetime of access tokens', '`access_token_expiry_minutes`, per app', '`accessTokenTtlSeconds`, per project'],
              ['Audience', '`access_token_custom_audience`', 'a resource of the project'],
              ['Dynamic registration', 'enabled in the dashboard', '`registrationMode`'],
              ['`aud` in your verifier', 'the client or project', 'the URL of your MCP server'],
              ['`alg` in your verifier', '`RS256`', '`ES256`, or `RS256` by `signingAlgorithm`'],
            ],
          },
        },
      ],
    },
    setUp,
    people('Stytch', 'user-live-fde03dd1-fff7-4b3c-9b31-ead3fbc224de', [
      'Take the consent component out when the last client has moved. Until then it serves the old issuer, and the session beside it can sign people in for us: that page becomes the way in.',
    ]),
    clients,
    server(),
    both('Stytch'),
    notice,
    ending('Stytch'),
  ],
}
