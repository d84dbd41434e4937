import { createProvider } from './calls.ts'
import { both, clients, ending, notice, people, server, setUp } from './common.ts'
import type { Guide } from './guide.ts'

const REMOTE = `import base64
import json

from fastmcp import FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier
from pydantic import AnyHttpUrl

ISSUER = "https://auth.example.com/p/notes"
RESOURCE = "https://mcp.example.com/mcp"


class AccessTokenVerifier(JWTVerifier):
    """JWTVerifier that takes access tokens (RFC 9068) only."""

    async def verify_token(self, token: str):
        header = token.split(".")[0]
        try:
            typ = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["typ"]
        except (ValueError, KeyError, TypeError):
            return None
        return await super().verify_token(token) if typ == "at+jwt" else None


verifier = AccessTokenVerifier(
    jwks_uri=ISSUER + "/.well-known/jwks.json",
    issuer=ISSUER,
    audience=RESOURCE,
    algorithm="ES256",
)
auth = RemoteAuthProvider(
    token_verifier=verifier,
    authorization_servers=[AnyHttpUrl(ISSUER)],
    base_url="https://mcp.example.com",
)
mcp = FastMCP(name="Notes", auth=auth)`

const PROXY = `import os

from fastmcp import FastMCP
from fastmcp.server.auth import OAuthProxy

ISSUER = "https://auth.example.com/p/notes"

auth = OAuthProxy(
    upstream_authorization_endpoint=ISSUER + "/oauth/authorize",
    upstream_token_endpoint=ISSUER + "/api/oauth/token",
    upstream_revocation_endpoint=ISSUER + "/api/oauth/revoke",
    upstream_client_id=os.environ["GATEHOUSE_CLIENT_ID"],
    upstream_client_secret=os.environ["GATEHOUSE_CLIENT_SECRET"],
    token_endpoint_auth_method="client_secret_basic",
    token_verifier=verifier,  # the one above
    base_url="https://mcp.example.com",
)
mcp = FastMCP(name="Notes", auth=auth)`

const BOTH_SIDES = `from fastmcp.server.auth import MultiAuth, OAuthProxy
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

WELL_KNOWN = "/.well-known/oauth-protected-resource"
METADATA = {
    "resource": RESOURCE,
    "authorization_servers": [ISSUER, "https://mcp.example.com/"],  # the second is the proxy
    "scopes_supported": ["notes:read", "notes:write"],
    "bearer_methods_supported": ["header"],
}


async def metadata(request: Request) -> JSONResponse:
    return JSONResponse(METADATA, headers={"Access-Control-Allow-Origin": "*"})


class LeavingProxy(OAuthProxy):
    """Serves who is connected; whoever connects from now on is sent to Gatehouse."""

    def get_routes(self, mcp_path: str | None = None) -> list[Route]:
        kept = [route for route in super().get_routes(mcp_path) if not route.path.startswith(WELL_KNOWN)]
        return [*kept, Route(WELL_KNOWN, metadata), Route(WELL_KNOWN + "/mcp", metadata)]


auth = MultiAuth(
    server=LeavingProxy(**what_the_proxy_had),  # its parameters, as they are
    verifiers=[verifier],  # the one above
)`

export const fastMcp: Guide = {
  slug: 'fastmcp',
  title: 'From FastMCP’s OAuthProxy',
  summary: 'RemoteAuthProvider in place of the proxy, or the proxy with Gatehouse behind it, side by side.',
  lead: 'OAuthProxy stands in for an authorization server in front of a provider that knows no registration. With an issuer that has all of it, your server checks tokens and does nothing else. Both ways are here: RemoteAuthProvider, and the proxy with our issuer as its upstream.',
  sections: [
    {
      id: 'what-is-what',
      title: 'What is what',
      blocks: [
        {
          compare: {
            label: 'OAuthProxy and Gatehouse',
            sides: ['OAuthProxy', 'RemoteAuthProvider with Gatehouse'],
            rows: [
              [
                'Registration',
                'every client is answered by the proxy; upstream they are all one application',
                'each client is itself: by its metadata document, by registering, or made by hand',
              ],
              [
                'Tokens',
                'the proxy’s own, HS256, which stand for the upstream token that it keeps',
                'signed by the project’s key, ES256, for your server alone; checked without asking anybody',
              ],
              ['What is kept by your server', 'client registrations and upstream tokens, in `client_storage`', 'nothing'],
              ['Several processes', 'a shared store, and a `jwt_signing_key` that all of them have', 'nothing to share'],
              [
                'Consent',
                'the proxy’s page, then the provider’s',
                'one page, with a box per scope, remembered for clients that a member made',
              ],
              ['Taking it back', 'at the provider, for all clients at once', 'by user, client or grant, in the dashboard or by the user'],
              [
                'The user’s token at Google, GitHub …',
                'behind the proxy’s token',
                '[`/api/oauth/upstream-token`](/docs/downstream#at-a-provider), for your server alone',
              ],
            ],
          },
        },
        'What is said of FastMCP is from its documentation of [OAuthProxy](https://gofastmcp.com/servers/auth/oauth-proxy), [RemoteAuthProvider](https://gofastmcp.com/servers/auth/remote-oauth) and MultiAuth, read in November 2026.',
      ],
    },
    {
      id: 'settings',
      title: 'Their setting, ours',
      blocks: [
        {
          compare: {
            label: 'Parameters of OAuthProxy',
            sides: ['OAuthProxy', 'Gatehouse'],
            rows: [
              [
                'Provider',
                '`upstream_authorization_endpoint`, `upstream_token_endpoint`',
                'settings, sign-in: a provider by preset (Google, GitHub, Microsoft, Okta) or by its OpenID issuer',
              ],
              [
                'Application there',
                '`upstream_client_id`, `upstream_client_secret`',
                'the same two, in that provider’s dialog; the secret is sealed',
              ],
              [
                'Callback there',
                '`base_url` + `/auth/callback`',
                '`<issuer>/oauth/callback/<provider>`: the dialog shows it. Register both while you move',
              ],
              [
                'Scopes there',
                '`valid_scopes`, `required_scopes`',
                'what your tools need at the provider: its dialog. What clients may do at your server: the project’s own scopes',
              ],
              ['Your server', '`base_url`, `resource_base_url`', 'the resource of the project: the URL of the MCP endpoint'],
              ['`resource`', '`forward_resource`', 'always read, and bound into the token'],
              [
                'Redirect URIs of clients',
                '`allowed_client_redirect_uris`',
                'exact comparison with what each client registered; registration guarded, open or off',
              ],
              ['Consent', '`require_authorization_consent`', 'cannot be switched off'],
              ['Keys and store', '`jwt_signing_key`, `client_storage`', 'per project, rotated by themselves'],
            ],
          },
        },
      ],
    },
    setUp,
    people('your app', 'github|583231', [
      'If people come from a provider through the proxy, let them go on: add the provider to the project, with the application that you have.',
      { call: createProvider({ title: 'The provider that the proxy had upstream', preset: 'github', keepTokens: true }) },
      'Add the callback that the settings show to the application at the provider. With `keepTokens` your tools can have the user’s token there. `sub` is new, `user_…`: FastMCP’s tokens had the provider’s. Where your data is keyed by that, use your own sign-in page.',
    ]),
    clients,
    server([
      'RemoteAuthProvider with a verifier for our tokens:',
      { code: REMOTE, title: 'server.py', language: 'python' },
      'The project’s quick start has a longer form, which serves the metadata at the root as well and leaves the issuer as it is, byte for byte.',
      'While people move, the proxy stays for those who are connected, and MultiAuth (FastMCP 3.1 and later) takes tokens of both:',
      { code: BOTH_SIDES, title: 'server.py, while both are trusted', language: 'python' },
    ]),
    {
      id: 'keeping-the-proxy',
      title: 'Or keep the proxy',
      blocks: [
        'Where the proxy must stay, our issuer can be its upstream. Make one confidential client for it, with the redirect URI `https://mcp.example.com/auth/callback`.',
        {
          call: {
            title: 'Make the proxy’s client',
            method: 'POST',
            url: '$GATEHOUSE_URL/api/management/projects/$PROJECT/clients',
            bearer: 'GATEHOUSE_API_KEY',
            json: {
              name: 'Notes, through FastMCP',
              redirectUris: ['https://mcp.example.com/auth/callback'],
              tokenEndpointAuthMethod: 'client_secret_basic',
            },
            answer: { clientId: 'c_…', clientSecret: 'gate_cs_…' },
          },
        },
        { code: PROXY, title: 'server.py, with the proxy', language: 'python' },
        {
          compare: {
            label: 'Both ways',
            sides: ['OAuthProxy before Gatehouse', 'RemoteAuthProvider'],
            rows: [
              ['Who asks, on our consent page', 'your server, whatever client it is', 'the client itself, with its host or as unverified'],
              ['Block one client', 'not here: they are all one', 'one click'],
              ['Introspection and `aud`', 'of the token behind the proxy’s', 'of the token that the client has'],
              ['Who moves', 'nobody: clients keep speaking to your host', 'each connects once more'],
            ],
          },
        },
        'Take it as a first step: people, scopes and the log are here then, and the proxy can go later.',
      ],
    },
    both('the proxy'),
    notice,
    ending('the proxy'),
  ],
}
