/** Where we agreed to differ from node-oidc-provider, and by which document. */
export type Difference = {
  readonly ours: string
  readonly theirs: string
  readonly why: string
  /** Names of probes. */
  readonly at: readonly string[]
}

export const DIFFERENCES: readonly Difference[] = [
  {
    ours: '405 invalid_request',
    theirs: '404',
    why: 'RFC 9110 §15.5.6: the path exists, and Allow says what it takes',
    at: [
      ...['token by GET', 'token by PUT', 'token by DELETE', 'authorize by PUT', 'to revoke by GET', 'to introspect by GET'],
      ...['register by GET', 'register by PUT', 'metadata by POST', 'keys by POST'],
    ],
  },
  {
    ours: '401 invalid_client',
    theirs: '400 invalid_request',
    why: 'RFC 6749 §5.2: no client authentication, an unsupported or a broken one is invalid_client; with the Authorization header that must be a 401',
    at: [
      ...[
        'no client',
        'to revoke without a client',
        'to introspect without a client',
        'two ids of clients',
        'a Basic header without a colon',
      ],
      ...['a Basic header that is no base64', 'a Basic header with a bad percent code', 'a bearer token as authentication'],
      ...['a scheme nobody knows', 'an assertion of a client without keys', 'an assertion of an unknown type'],
    ],
  },
  {
    ours: '400 invalid_grant',
    theirs: '400 invalid_request',
    why: 'RFC 7636 §4.6: a verifier that does not prove the challenge is invalid_grant, whatever is wrong with it',
    at: ['a short verifier', 'a verifier with a blank'],
  },
  {
    ours: '400 invalid_grant',
    theirs: '200',
    why: 'RFC 6749 §4.1.3: what was sent at authorize must be repeated',
    at: ['no redirect URI'],
  },
  {
    ours: '400 invalid_request',
    theirs: '200',
    why: 'RFC 6749 §3.2: no parameter may come twice, and which of two counted is what an attacker would choose',
    at: ['a parameter it does not know, twice'],
  },
  {
    ours: '200, 200',
    theirs: '200, 400 invalid_grant',
    why: 'RFC 9700 §4.14.2 asks for rotation: for a minute the token just rotated yields the same successor, because an answer may be lost',
    at: ['a refresh token twice at once after another'],
  },
  {
    ours: '400 invalid_scope',
    theirs: '200',
    why: 'RFC 6749 §3.3: a token for nothing of what was asked helps nobody',
    at: ['a client for itself and an unknown scope'],
  },
  {
    ours: '400 unauthorized_client',
    theirs: '400 invalid_request',
    why: 'RFC 6749 §5.2: the client is known and may not use this grant type',
    at: ['a client for itself that may not', 'a public client for itself'],
  },
  {
    ours: 'RED unsupported_response_type',
    theirs: 'RED unsupported_response_type in the fragment',
    why: 'OAuth 2.1 §4.1.2.1: errors are in the query; there is no implicit grant whose fragment they could be in',
    at: ['response type token', 'response type id_token', 'response type code token'],
  },
  {
    ours: 'RED invalid_request',
    theirs: 'RED unsupported_response_mode',
    why: 'RFC 6749 §4.1.2.1 has no code for response modes',
    at: ['response mode nonsense'],
  },
  {
    ours: 'RED invalid_scope',
    theirs: 'interaction',
    why: 'RFC 6749 §4.1.2.1: nobody is asked to consent to nothing',
    at: ['an unknown scope'],
  },
  {
    ours: 'interaction',
    theirs: 'RED invalid_request',
    why: 'OpenID Connect Core §3.1.2.1: unknown prompts are ignored, and max_age=0 is prompt=login',
    at: ['prompt nonsense', 'max_age 0'],
  },
  {
    ours: 'RED invalid_request_uri',
    theirs: 'RED request_uri_not_supported',
    why: 'RFC 9126 §4: one form of error whether pushed requests are on or off',
    at: ['a request URI'],
  },
  {
    ours: 'interaction',
    theirs: 'RED registration_not_supported',
    why: 'RFC 6749 §3.1: parameters that are not understood are ignored',
    at: ['a registration in the request'],
  },
  {
    ours: 'PAGE 400',
    theirs: 'RED invalid_request',
    why: 'RFC 6749 §3.1, §4.1.2.1: which of two redirect URIs is proven nobody can say, so nobody is sent anywhere',
    at: ['the redirect URI twice'],
  },
  {
    ours: 'RED invalid_request',
    theirs: 'interaction',
    why: 'RFC 6749 Appendix A.5: a state has visible characters only',
    at: ['a state with NUL'],
  },
  {
    ours: 'RED unauthorized_client',
    theirs: 'PAGE 400',
    why: 'RFC 6749 §4.1.2.1: the redirect URI is the client’s own, only the grant type is not',
    at: ['a client for itself at authorize'],
  },
  {
    ours: '401 invalid_client',
    theirs: '200 inactive',
    why: 'RFC 7662 §2.1: whoever introspects must authenticate, and a public client cannot',
    at: ['to introspect as a public client'],
  },
  {
    ours: '400 invalid_redirect_uri',
    theirs: '201',
    why: 'OAuth 2.1 §2.3.1: https, without user, fragment or pattern, unless it is loopback or an app’s own scheme',
    at: ['to register http of a host', 'to register a user in the URI', 'to register a wildcard'],
  },
  {
    ours: '201',
    theirs: '400 invalid_client_metadata',
    why: 'RFC 7591 §2: metadata that is not understood is left out, and the answer says what is in force',
    at: ['an application type nobody knows', 'a page of the client that is a script'],
  },
  {
    ours: '400 invalid_client_metadata',
    theirs: '400 invalid_request',
    why: 'RFC 7591 §3.2.2: it is the metadata that cannot be read',
    at: ['JSON that ends too early', 'JSON that is a list', 'JSON that is null', 'a registration as a form'],
  },
]
