import { conformance, part, quirk, type StandardGroup, unit } from './standard.ts'

const revision = (date: string): string => `https://modelcontextprotocol.io/specification/${date}/basic/authorization`

const LATER =
  'The MCP server’s own duties (resource metadata, the 401 challenge, checking tokens) are the server’s: quick start has the code.'

export const mcp: StandardGroup = {
  id: 'mcp',
  title: 'Model Context Protocol',
  standards: [
    {
      id: 'mcp-2026-07-28',
      name: 'MCP 2026-07-28',
      title: 'Authorization, current revision',
      url: revision('2026-07-28'),
      status: 'whole',
      does: [
        part(
          'Authorization server discovery',
          'One document, with the issuer byte for byte, wherever the revision lets clients look.',
          conformance('discovery', 'is the same, byte for byte, at its four addresses'),
        ),
        part(
          'Client registration',
          'Clients made by hand, client ID metadata documents, then dynamic registration.',
          conformance('client-documents', 'connects, refreshes and revokes, and its document is read once'),
        ),
        part(
          'Issuer in the response',
          '`iss` in every authorization response, errors too, and the metadata announces it.',
          quirk('codes, denials and errors carry exactly one iss'),
        ),
        part(
          'Scope selection',
          'A request for more scope is asked with what was allowed before, and gives both.',
          conformance('remembered-consent', 'offers what was allowed before, ticked, and gives both'),
        ),
        part(
          'Refresh tokens',
          '`offline_access` is listed for the authorization server only; refresh tokens of public clients rotate.',
          conformance('refresh', 'F01 yields the next one, an access token and one row'),
        ),
        part(
          'Whole clients',
          'Recorded clients, ChatGPT, Claude, Codex, Cursor, VS Code and others among them, are walked from the first request to the last.',
          conformance('profiles', 'connects, refreshes and disconnects, from the MCP server on'),
        ),
      ],
      leaves: [LATER],
      switch: null,
    },
    {
      id: 'mcp-2025-11-25',
      name: 'MCP 2025-11-25',
      title: 'Authorization',
      url: revision('2025-11-25'),
      status: 'whole',
      does: [
        part(
          'Client ID metadata documents',
          'Read, cached, checked and advertised.',
          conformance('client-documents', 'says that it reads documents, unless it believes none'),
        ),
        part(
          'Scopes',
          'A request without scope gets the project’s default set.',
          quirk('metadata lists every scope, and a request without scope is offered the default set, ticked'),
        ),
        part('PKCE', 'S256 is announced in both documents, and required.', conformance('discovery', 'P12 offers S256 only')),
      ],
      leaves: [LATER],
      switch: null,
    },
    {
      id: 'mcp-2025-06-18',
      name: 'MCP 2025-06-18',
      title: 'Authorization',
      url: revision('2025-06-18'),
      status: 'whole',
      does: [
        part(
          'Resource parameter',
          'Bound into the token in its registered spelling; the token works for that server alone.',
          conformance('authorization', 'RI13 binds its resource into the token, in the spelling that is registered'),
        ),
        part(
          'Dynamic client registration',
          'As RFC 7591 has it, open or guarded by a secret.',
          conformance('registration', 'takes the registration secret as initial access token'),
        ),
        part(
          'Token audience',
          'A token for one resource is refused by another.',
          conformance('resource-server', 'J03 refuses a token of its own project for another resource'),
        ),
      ],
      leaves: [LATER],
      switch: null,
    },
    {
      id: 'mcp-2025-03-26',
      name: 'MCP 2025-03-26',
      title: 'Authorization, before protected resource metadata',
      url: revision('2025-03-26'),
      status: 'parts',
      does: [
        part(
          'Metadata at the root, default paths',
          'Where an issuer is a host of its own, its root has the document, and `/authorize`, `/token` and `/register` answer.',
          { file: 'lib/http/surface.test.ts', test: '%s is %s' },
        ),
      ],
      leaves: [
        'An issuer below a path (`/p/<slug>`) cannot be found by clients of this revision alone, which look at the root of the MCP server’s host and nowhere else: give the project a host of its own.',
        'It lets the MCP server be its own authorization server. Here they are two, as in every revision since.',
      ],
      switch: null,
    },
    {
      id: 'mcp-client-credentials',
      name: 'MCP extension: client credentials',
      title: 'Machines without a person (`io.modelcontextprotocol/oauth-client-credentials`)',
      url: 'https://github.com/modelcontextprotocol/ext-auth',
      status: 'whole',
      does: [
        part(
          'Grant',
          'For clients made by hand, with a secret or `private_key_jwt`. The client is the subject; there is no refresh token.',
          conformance('client-credentials', 'J13 yield a token in which the client is its own subject, and no refresh token'),
        ),
      ],
      leaves: [],
      switch: { setting: 'clientCredentials', off: false },
    },
    {
      id: 'mcp-enterprise-managed',
      name: 'MCP extension: enterprise-managed authorization',
      title: 'A company’s identity provider decides, by ID-JAG',
      url: 'https://github.com/modelcontextprotocol/ext-auth',
      status: 'whole',
      does: [
        part(
          'Advertised',
          'Grant type and grant profile stand in the metadata.',
          conformance('id-jag', 'is advertised, with its profile, where it is on'),
        ),
        part(
          'Assertions',
          'Signature by a provider on the project’s list, type, audience, client, time, single use.',
          conformance('id-jag', 'with a signature that is not the provider’s'),
        ),
        part(
          'Tokens',
          'For the resource of the assertion, within its scopes, without a refresh token.',
          conformance('id-jag', 'X18 yields a token for its resource, and no refresh token'),
        ),
      ],
      leaves: ['We take ID-JAGs and issue none: that is the identity provider’s part.'],
      switch: { setting: 'enterpriseAuthorization', off: false },
    },
    {
      id: 'mcp-workload-identity',
      name: 'MCP extension: workload identity federation (draft)',
      title: 'A workload’s own JWT instead of a client (`io.modelcontextprotocol/auth/wif`)',
      url: 'https://github.com/modelcontextprotocol/modelcontextprotocol/issues/1933',
      status: 'whole',
      does: [
        part(
          'Grant',
          'A workload of a trusted issuer gets a token of its own without being registered.',
          conformance('workload-identity', 'X18 gets a token of its own without being registered, and no refresh token'),
        ),
        part(
          'Told apart',
          'From an ID-JAG by the type of the assertion.',
          conformance('workload-identity', 'is told from an ID-JAG by its type where both are on'),
        ),
      ],
      leaves: ['A draft: what it asks for may change, and this follows.'],
      switch: { setting: 'workloadIdentity', off: false },
    },
    {
      id: 'cimd',
      name: 'Client ID metadata documents (draft)',
      title: 'The `client_id` is the URL of a document that describes the client',
      url: 'https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/',
      status: 'parts',
      does: [
        part(
          '§3 URL',
          'https, a path, no query, nothing that a parser would repair.',
          unit('client-id-metadata-document', 'the URL of a document'),
        ),
        part(
          '§4.1 document',
          'It says its own URL byte for byte, a name and redirect URIs; shared secrets and methods that need one are refused.',
          unit('client-id-metadata-document', 'says who the client is'),
        ),
        part(
          'Keys',
          'A client with keys signs at the token endpoint, or may do without where its document offers `none` too.',
          conformance('client-documents', 'and private_key_jwt alone must sign'),
        ),
        part(
          'Fetching',
          'Public addresses only, the checked address is the one connected to, no redirects, 16 KB, errors are not cached.',
          { file: 'lib/outbound/fetch.test.ts', test: 'CI07 asks for the name once and connects to what was checked' },
        ),
        part(
          'Consent',
          'The host of the document is shown as the identity; a changed document is asked about again.',
          conformance('client-documents', 'that has changed is not approved as it was shown'),
        ),
        part(
          'Logo',
          '`logo_uri` is read behind the consent page and our copy is shown, so that browsers ask nobody for it: PNG, JPEG or WebP of at most 64 KB.',
          { file: 'lib/issuer/client-logo.test.ts', test: 'is read behind the first page that would show it' },
        ),
      ],
      leaves: ['A port other than 443 is refused, which the draft allows: the port would let a document’s URL probe a network.'],
      switch: { setting: 'documentPolicy', off: 'deny' },
    },
  ],
}
