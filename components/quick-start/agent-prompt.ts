import { metadataUrls } from '#lib/management/checks/inputs.ts'
import { challenge, discoveryUrl, resourceMetadata, type SnippetValues } from '../projects/snippets.ts'

/** For a coding agent that works on the MCP server: all it has to know, and how to tell that it is done. No secret. */
export const agentPrompt = (
  values: SnippetValues,
): string => `Protect the MCP server in this repository with OAuth 2.1. It is a resource server; the authorization server exists already. Do not write login pages, token endpoints or client registration.

Values
- Resource (this MCP server, exactly as clients enter it): ${values.resource}
- Issuer: ${values.issuer}
- Keys (JWKS): ${values.issuer}/.well-known/jwks.json
- Issuer metadata: ${discoveryUrl(values.issuer)}
- Scopes: ${values.scopes.join(' ')}
- Access tokens: JWT (RFC 9068), algorithm ${values.algorithm}, header typ "at+jwt"

What to do
1. Serve this JSON with GET, without authentication and with Access-Control-Allow-Origin: *, at ${[...new Set(metadataUrls(values.resource))].join(' and at ')}:
${resourceMetadata(values)}
2. Answer every request to ${new URL(values.resource).pathname} that has no valid token with status 401 and exactly this header, exposed through CORS (Access-Control-Expose-Headers: WWW-Authenticate):
${challenge(values)}
   For a token that is there but not valid add error="invalid_token".
3. Accept a token only if all of this holds: signature by a key of the JWKS (cached, fetched again for an unknown kid); alg is ${values.algorithm}; typ is at+jwt; iss is the issuer, byte for byte; aud is the resource, byte for byte; exp is in the future (at most 60 s of leeway). Compare the scheme "Bearer" without regard to case. Use a maintained JWT library.
4. The user is the claim sub, the client is client_id, what the user allowed is scope (space-separated). When a tool needs a scope that the token lacks, answer 403 with error="insufficient_scope" and scope="…" in the same header.
5. Never pass the token on to another service, and never log it.

Done when
- curl -si -X POST ${values.resource} answers 401 with the header above;
- both metadata URLs answer 200 with the JSON above;
- a token with another iss, aud, typ or alg, an expired one and a damaged one are all refused with 401; a good one is let in. Write tests for these.
`
