import { conformance, part, quirk, rfc, type StandardGroup, unit } from './standard.ts'

export const core: StandardGroup = {
  id: 'core',
  title: 'OAuth, the core',
  standards: [
    {
      id: 'oauth-2-1',
      name: 'OAuth 2.1 (draft)',
      title: 'The authorization framework as it is today',
      url: 'https://datatracker.ietf.org/doc/draft-ietf-oauth-v2-1/',
      status: 'whole',
      does: [
        part(
          'Authorization code',
          'With PKCE for every client, confidential ones too.',
          conformance('authorization', 'P01 no code_challenge'),
        ),
        part(
          'Redirect URIs',
          'Compared exactly, but for the port of a loopback address.',
          unit('redirect-uri', 'keeps its port rule to itself'),
        ),
        part(
          'Refresh tokens',
          'Rotated at each use, for confidential clients too; reuse ends the family.',
          conformance('refresh', 'F04 after a minute is reuse: the family ends'),
        ),
        part(
          'Tokens in the header',
          'Not in a query, and none of our own endpoints takes credentials there.',
          conformance('openid', 'without a token is 401 with a bare challenge; in the query or the body it is no token'),
        ),
      ],
      leaves: [],
      switch: null,
    },
    {
      id: 'rfc-6749',
      name: 'RFC 6749',
      title: 'The OAuth 2.0 authorization framework',
      url: rfc(6749),
      status: 'parts',
      does: [
        part(
          '§4.1 authorization code',
          'Single use; a replay ends what the code made.',
          conformance('code', 'C01 C02 once it was spent ends all that it made'),
        ),
        part(
          '§4.4 client credentials',
          'For confidential clients made by hand, without a refresh token.',
          conformance('client-credentials', 'are unauthorized_client for a client without that grant'),
        ),
        part(
          '§6 refreshing',
          'Less scope if asked, never more.',
          conformance('refresh', 'RI10 with a wider scope or a bad resource is refused'),
        ),
        part(
          '§2.3 client authentication',
          'Basic, in the body, or none; two methods at once are refused.',
          conformance('client-authentication', 'by header or body, whichever of the two was registered'),
        ),
        part(
          '§3.1, §3.2 endpoints',
          'No parameter twice, a parameter without a value counts as not sent, forms only.',
          conformance('http-layer', 'H03 that is real JSON or multipart is no form'),
        ),
        part(
          '§5.2 errors',
          'JSON with `error` and `error_description`; nothing of the request comes back in them.',
          conformance('http-layer', 'H10 nothing a caller sends comes back in an error'),
        ),
      ],
      leaves: ['§4.2 implicit grant and §4.3 password grant: OAuth 2.1 removed both.', '`response_mode` other than `query` is refused.'],
      switch: null,
    },
    {
      id: 'rfc-6750',
      name: 'RFC 6750',
      title: 'Bearer tokens',
      url: rfc(6750),
      status: 'parts',
      does: [
        part(
          '§2.1 header',
          'The one way in which our own resource, userinfo, takes a token.',
          conformance('openid', 'without a token is 401 with a bare challenge'),
        ),
        part(
          '§3 challenge',
          '`invalid_token` and `insufficient_scope` with `WWW-Authenticate`.',
          conformance('openid', 'without openid is 403 insufficient_scope'),
        ),
      ],
      leaves: ['§2.2 form and §2.3 query parameter: such tokens end up in logs, and MCP forbids the query.'],
      switch: null,
    },
    {
      id: 'rfc-7636',
      name: 'RFC 7636',
      title: 'Proof key for code exchange (PKCE)',
      url: rfc(7636),
      status: 'parts',
      does: [
        part('§4.3 challenge', 'Required of every client; S256.', conformance('authorization', 'P03 no method')),
        part('§4.6 verifier', 'A wrong one is refused without burning the code.', conformance('code', 'P07 with a wrong verifier')),
      ],
      leaves: ['`plain`: it proves nothing to whoever saw the request, and MCP clients have S256.'],
      switch: null,
    },
    {
      id: 'rfc-8252',
      name: 'RFC 8252',
      title: 'Native apps',
      url: rfc(8252),
      status: 'whole',
      does: [
        part(
          '§7.1 private-use schemes',
          '`cursor://` and its like, matched exactly; a project may refuse them.',
          quirk('a scheme of an app registers beside https and loopback'),
        ),
        part(
          '§7.3 loopback',
          'Any port on 127.0.0.1 and [::1], and on localhost, which clients use though §8.3 advises against it.',
          quirk('a loopback redirect matches at any port, with its own host form and path only'),
        ),
        part(
          '§8.6 consent',
          'Asked each time of clients that cannot prove who they are.',
          conformance('remembered-consent', 'for a document of a native app'),
        ),
      ],
      leaves: [],
      switch: null,
    },
    {
      id: 'rfc-8414',
      name: 'RFC 8414',
      title: 'Authorization server metadata',
      url: rfc(8414),
      status: 'parts',
      does: [
        part(
          '§2 members',
          'Made of the same list that answers the requests; none is null or empty.',
          unit('metadata', 'H14 has only URLs below its own issuer, each of an endpoint that exists'),
        ),
        part(
          '§3 address',
          'The well-known part stands before the issuer’s path; the forms that older clients try answer too.',
          conformance('discovery', 'is the same, byte for byte, at its four addresses'),
        ),
      ],
      leaves: ['§2.1 `signed_metadata`: optional, and no MCP client that we know of reads it.'],
      switch: null,
    },
    {
      id: 'rfc-8707',
      name: 'RFC 8707',
      title: 'Resource indicators',
      url: rfc(8707),
      status: 'whole',
      does: [
        part(
          '§2.1 at authorize',
          'Repeated, joined or as JSON; each must be a resource of the project, else `invalid_target`.',
          quirk('resource is read repeated, joined by commas and as a JSON array'),
        ),
        part(
          '§2.2 at token',
          'Any of those that were allowed, and no other.',
          conformance('code', 'RI07 for two resources yields a token for the one that is asked for'),
        ),
        part(
          'Left out',
          'Means the project’s default resource: a token is never for nothing.',
          quirk('a request without resource yields a token for the default resource'),
        ),
      ],
      leaves: [],
      switch: null,
    },
    {
      id: 'rfc-9207',
      name: 'RFC 9207',
      title: 'Issuer in the authorization response',
      url: rfc(9207),
      status: 'whole',
      does: [
        part(
          '§2, §3',
          'In codes and errors alike, and announced. Off means neither sent nor announced.',
          quirk('codes, denials and errors carry exactly one iss'),
        ),
      ],
      leaves: [],
      switch: { setting: 'issParameter', off: false },
    },
    {
      id: 'rfc-9700',
      name: 'RFC 9700',
      title: 'Security best current practice',
      url: rfc(9700),
      status: 'parts',
      does: [
        part(
          '§2.1 redirects',
          'Exact comparison, no open redirector, no wildcard.',
          conformance('authorization', 'R23 comes before every other fault'),
        ),
        part('§2.2.2 refresh tokens', 'Rotated, or bound to a key with DPoP.', conformance('dpop', 'F23 wants a proof of the same key')),
        part(
          '§4.12 307',
          'Answers to a client are 302: never 307, which would repeat a password’s POST.',
          quirk('a code, a denial and an error each go back to the client with 302'),
        ),
        part(
          '§4.14.2 reuse',
          'An old refresh token ends its family, after a grace of a minute for answers that were lost.',
          conformance('refresh', 'F02 F19 within a minute, because the answer was lost'),
        ),
        part(
          '§4.16 clickjacking',
          'No page of ours can be framed.',
          conformance('http-layer', 'H15 C21 a page of ours runs nothing, loads nothing, is framed by nobody'),
        ),
      ],
      leaves: [
        '§4.12 prefers 303 after a form; 302 is used because one integrator saw 303 fail with an MCP client, and browsers treat both alike.',
      ],
      switch: null,
    },
    {
      id: 'rfc-9728',
      name: 'RFC 9728',
      title: 'Protected resource metadata',
      url: rfc(9728),
      status: 'parts',
      does: [
        part(
          '§2, §3.1, §5.1',
          'The document and the challenge are your MCP server’s. Quick start has them, filled in, for seven kinds of server; our sample server serves them.',
          quirk('the sample server and the recipes we show serve one resource metadata document below the path and at the root'),
        ),
      ],
      leaves: [
        '§4 `protected_resources` in our metadata: it would list a project’s servers to anybody, and clients start from the server anyway.',
      ],
      switch: null,
    },
  ],
}
