import { conformance, part, quirk, rfc, type StandardGroup, unit } from './standard.ts'

export const clients: StandardGroup = {
  id: 'clients',
  title: 'Clients',
  standards: [
    {
      id: 'rfc-7591',
      name: 'RFC 7591',
      title: 'Dynamic client registration',
      url: rfc(7591),
      status: 'parts',
      does: [
        part(
          '§3 initial access token',
          'The project’s registration secret, in guarded mode. Open mode needs none.',
          conformance('registration', 'takes the registration secret as initial access token'),
        ),
        part(
          '§2 metadata',
          'Members that we do not know are ignored; what is answered is what is in force.',
          conformance('registration', 'D26 D13 for a public client is exactly what is in force'),
        ),
        part(
          '§2 default method',
          'Left out it is Basic, with a secret; `none` never yields one.',
          quirk('registration without a method yields Basic and a secret that works'),
        ),
        part(
          '§3.2.2 errors',
          '`invalid_redirect_uri` and `invalid_client_metadata`, naming the member.',
          conformance('registration', 'D06 H10 answers names as data, never echoed in an error'),
        ),
      ],
      leaves: [
        '§2.3 `software_statement`: ignored, as are contacts; a client’s name is its own claim and shown as one, and its logo is kept but neither fetched nor shown.',
        'Registration gives the authorization code and refresh token grants only: other grants are for clients that a member makes.',
      ],
      switch: { setting: 'registrationMode', off: 'off' },
    },
    {
      id: 'rfc-7592',
      name: 'RFC 7592',
      title: 'Managing a registration',
      url: rfc(7592),
      status: 'whole',
      does: [
        part(
          '§2.1 read',
          'What is in force, by the token that registration gave.',
          conformance('registration-management', 'M03 answers what is in force'),
        ),
        part(
          '§2.2 update',
          'Replaces all of it: what is left out has its default again.',
          conformance('registration-management', 'replaces all of it: what is left out has its default again'),
        ),
        part(
          '§2.3 delete',
          'Everything the client had is dead at once.',
          conformance('registration-management', 'M10 is 204 without a body'),
        ),
      ],
      leaves: [],
      switch: { setting: 'registrationMode', off: 'off' },
    },
    {
      id: 'rfc-7523',
      name: 'RFC 7523',
      title: 'JWTs for client authentication and as grants',
      url: rfc(7523),
      status: 'parts',
      does: [
        part(
          '§2.2 `private_key_jwt`',
          'RS256, PS256, ES256 and EdDSA; `aud` is the issuer or the token endpoint; each counts once.',
          conformance('client-assertion', 'and is noted when it comes again'),
        ),
        part(
          '§2.1 grant',
          'For ID-JAG and for workloads, where they are on.',
          conformance('workload-identity', 'X16 counts once, however its signature is written'),
        ),
      ],
      leaves: [
        '`client_secret_jwt`: it needs the secret in clear on our side, and we keep hashes.',
        '§2.1 for assertions of any other kind: token exchange takes JWTs of trusted issuers.',
      ],
      switch: null,
    },
    {
      id: 'rfc-8693',
      name: 'RFC 8693',
      title: 'Token exchange',
      url: rfc(8693),
      status: 'parts',
      does: [
        part(
          '§2.1 by the project’s backend',
          'With the server secret, for a user id, an access token of the project or a JWT of a trusted issuer.',
          conformance('exchange', 'takes a user id'),
        ),
        part(
          '§2.1 by a client',
          'A confidential one that may use the grant; it cannot vouch for a user id.',
          conformance('exchange', 'may not vouch for a user id'),
        ),
        part(
          '§2.1 narrower, never wider',
          'An access token gives its own scopes and resources at most, and lives no longer.',
          conformance('exchange', 'X12 gives less of the subject token, never more'),
        ),
        part(
          '§4.1 `act`',
          'Who acts stands in the token, three deep.',
          conformance('token-exchange', 'keeps who acted before, three deep and no deeper'),
        ),
        part(
          '§4.4 `may_act`',
          'Who is named may act, and nobody else.',
          conformance('token-exchange', 'honours may_act: who is named, and nobody else'),
        ),
        part(
          'JSON form',
          'Our own endpoint for backends that mint for a user they know.',
          conformance('exchange', 'X18 yields a token for the user the backend names, and no refresh token'),
        ),
      ],
      leaves: ['§3 SAML assertions and refresh tokens, as subject or as result: an exchange yields a short access token and nothing else.'],
      switch: { setting: 'tokenExchange', off: false },
    },
    {
      id: 'rfc-8628',
      name: 'RFC 8628',
      title: 'Device authorization grant',
      url: rfc(8628),
      status: 'whole',
      does: [
        part(
          '§3.1, §3.2',
          'A code for the device, and a short one to type.',
          conformance('device', 'is given its two codes and where to type the short one'),
        ),
        part(
          '§3.5 polling',
          '`authorization_pending`, `slow_down` by five seconds each time, `expired_token`, `access_denied`.',
          conformance('device', 'that asks too often waits five seconds longer each time'),
        ),
        part(
          '§5.1 guessing',
          'Ten tries, then not even the right code counts.',
          conformance('device', 'cannot be guessed: after ten tries not even the right one counts'),
        ),
      ],
      leaves: [],
      switch: { setting: 'deviceGrant', off: false },
    },
    {
      id: 'id-jag',
      name: 'ID-JAG (draft)',
      title: 'Identity assertion JWT authorization grant',
      url: 'https://datatracker.ietf.org/doc/draft-ietf-oauth-identity-assertion-authz-grant/',
      status: 'parts',
      does: [
        part(
          'Taking assertions',
          'Of identity providers on the project’s list, each once, for the client that it names.',
          conformance('id-jag', 'one after the other, and its second coming is recorded once'),
        ),
        part(
          'Users',
          'By issuer and subject; by a verified e-mail address only where the project says so.',
          conformance('id-jag', 'is nobody’s by an e-mail address where the project does not link by it'),
        ),
      ],
      leaves: [
        'Issuing them: that is the identity provider’s part.',
        '`authorization_details`: an assertion that has them is refused, because nothing here would honour them.',
      ],
      switch: { setting: 'enterpriseAuthorization', off: false },
    },
    {
      id: 'rfc-8705',
      name: 'RFC 8705',
      title: 'Mutual TLS',
      url: rfc(8705),
      status: 'none',
      does: [
        part(
          'At registration',
          'A client that asks for it alone is refused or gets another method, never a promise.',
          unit('client-metadata', 'tls_client_auth'),
        ),
      ],
      leaves: ['TLS ends at the proxy in front of most installations. `private_key_jwt` and DPoP do the same above it.'],
      switch: null,
    },
  ],
}
