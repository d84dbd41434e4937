import { conformance, part, rfc, type StandardGroup, unit } from './standard.ts'

export const tokens: StandardGroup = {
  id: 'tokens',
  title: 'Tokens and requests',
  standards: [
    {
      id: 'rfc-9068',
      name: 'RFC 9068',
      title: 'JWT access tokens',
      url: rfc(9068),
      status: 'parts',
      does: [
        part(
          '§2.1, §2.2',
          '`typ` is `at+jwt`; `iss`, `aud`, `sub`, `client_id`, `scope`, `jti`, `iat`, `exp`, and `auth_time` where somebody signed in.',
          conformance('code', 'RFC 9068 yields a JWT of this issuer for this resource, client and user'),
        ),
        part(
          '§3 `aud`',
          'The registered resource, as text; a list only where there are several.',
          unit('access-token', 'has an array for aud only when it is for several'),
        ),
        part(
          '§5 subjects',
          'No user’s id can read as a client’s.',
          conformance('workload-identity', 'J13 has a name that no user of the customer’s and no claim of a minted token may have'),
        ),
        part(
          '§2.2.2 further claims',
          'Attributes of a user under names of your own, mapped in the settings.',
          conformance('custom-claims', 'stand in access token and id_token, and are read anew at a refresh'),
        ),
      ],
      leaves: [
        '`acr` and `amr`: not told.',
        '§2.2.3.1 `groups`, `roles`, `entitlements` by those names: map attributes to claims of your own instead.',
      ],
      switch: null,
    },
    {
      id: 'rfc-7009',
      name: 'RFC 7009',
      title: 'Revocation',
      url: rfc(7009),
      status: 'whole',
      does: [
        part(
          '§2.1',
          'A refresh token takes its whole grant along, an access token only itself; public clients may too.',
          conformance('revocation', 'V06 of a refresh token ends its whole grant, with one row'),
        ),
        part('§2.2', '200 whatever came of it.', conformance('revocation', 'V08 twice and at once is 200 each time, and one row')),
      ],
      leaves: [],
      switch: null,
    },
    {
      id: 'rfc-7662',
      name: 'RFC 7662',
      title: 'Introspection',
      url: rfc(7662),
      status: 'parts',
      does: [
        part(
          '§2.1 who may ask',
          'The project’s server with its secret; a confidential client about its own tokens.',
          conformance('introspection', 'tells the project’s own server what a living token is'),
        ),
        part(
          '§2.2 answer',
          'Expired, revoked, foreign and unknown tokens get the same answer, byte for byte.',
          conformance('introspection', 'for every token that is not the caller’s business'),
        ),
      ],
      leaves: ['Refresh tokens: they are between the client and us, and are answered as inactive.', 'Answers as JWTs (RFC 9701).'],
      switch: null,
    },
    {
      id: 'rfc-9126',
      name: 'RFC 9126',
      title: 'Pushed authorization requests',
      url: rfc(9126),
      status: 'parts',
      does: [
        part(
          '§2',
          'Kept for a minute under a name of 256 random bits, for one use by that client.',
          conformance('pushed-requests', 'for a minute, under a name of 256 random bits that nothing may cache'),
        ),
        part(
          '§4',
          'Only what was pushed counts; what the browser adds is not looked at.',
          conformance('pushed-requests', 'count alone: what the browser adds is not looked at'),
        ),
      ],
      leaves: ['§5 requiring them: `require_pushed_authorization_requests` is always false, since no MCP client pushes.'],
      switch: { setting: 'pushedRequests', off: false },
    },
    {
      id: 'rfc-9101',
      name: 'RFC 9101',
      title: 'Signed requests (JAR)',
      url: rfc(9101),
      status: 'none',
      does: [
        part(
          '§5',
          '`request` is answered with `request_not_supported`, a foreign `request_uri` with `invalid_request_uri`.',
          conformance('authorization', 'a request object'),
        ),
      ],
      leaves: ['No MCP client signs its request. Pushed requests give the same protection, and a client need not sign them.'],
      switch: null,
    },
    {
      id: 'rfc-9396',
      name: 'RFC 9396',
      title: 'Rich authorization requests',
      url: rfc(9396),
      status: 'none',
      does: [],
      leaves: ['`authorization_details` is an unknown parameter and ignored: MCP knows scopes.'],
      switch: null,
    },
    {
      id: 'rfc-9449',
      name: 'RFC 9449',
      title: 'Proof of possession (DPoP)',
      url: rfc(9449),
      status: 'whole',
      does: [
        part(
          '§5 tokens',
          'A client that sends a proof gets a token bound to its key; others get bearer tokens.',
          conformance('dpop', 'binds the token of a code to its key, and says so wherever one asks'),
        ),
        part('§5 refresh tokens', 'Of public clients bound as well.', conformance('dpop', 'F23 wants a proof of the same key')),
        part(
          '§8 nonces',
          'Where the project asks for them.',
          conformance('dpop', 'a proof without one is told it, and with it is accepted and told the next'),
        ),
        part(
          '§10 code binding',
          'By `dpop_jkt`, or by the proof of a pushed request.',
          conformance('dpop', 'RFC 9449 §10 binds the code to a key'),
        ),
        part(
          '§7 our own resource',
          'Userinfo takes a bound token with a fresh proof of its key.',
          conformance('openid', 'RFC 9449 §7: takes a bound token with a fresh proof of its key'),
        ),
      ],
      leaves: ['Checking proofs at your MCP server is your server’s part: `cnf.jkt` in the token names the key.'],
      switch: { setting: 'dpop', off: 'off' },
    },
    {
      id: 'rfc-8725',
      name: 'RFC 8725',
      title: 'JWT best current practice',
      url: rfc(8725),
      status: 'whole',
      does: [
        part(
          '§3.1, §3.2 algorithms',
          'From a list, by name; never `none`, never a key of another algorithm.',
          unit('signed-jwt', 'alg none, in any spelling, with and without a signature'),
        ),
        part(
          '§3.11 types',
          'Each kind of JWT has its own type and passes for no other.',
          conformance('openid', 'is no access token, nor the reverse'),
        ),
      ],
      leaves: [],
      switch: null,
    },
  ],
}
