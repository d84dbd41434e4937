import { challengeValue, metadataPaths, portOf, resourceMetadata, type SnippetValues } from '../projects/snippets.ts'

const json = (text: string): string => JSON.stringify(text)
const pathOf = (values: SnippetValues): string => new URL(values.resource).pathname
const originOf = (values: SnippetValues): string => new URL(values.resource).origin
const scopes = (values: SnippetValues): string => `[${values.scopes.map(json).join(', ')}]`

export const fastApiSnippet = (values: SnippetValues): string => `import jwt
import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

ISSUER = ${json(values.issuer)}
RESOURCE = ${json(values.resource)}
METADATA = ${resourceMetadata(values)}
CHALLENGE = '${challengeValue(values)}'
keys = jwt.PyJWKClient(ISSUER + "/.well-known/jwks.json", lifespan=300)


def authenticate(request: Request) -> dict:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, headers={"WWW-Authenticate": CHALLENGE})
    try:
        if jwt.get_unverified_header(token).get("typ") != "at+jwt":
            raise jwt.InvalidTokenError("not an access token")
        return jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token),
            algorithms=[${json(values.algorithm)}],
            issuer=ISSUER,
            audience=RESOURCE,
            leeway=60,
            options={"require": ["exp", "sub", "client_id"]},
        )
    except (jwt.InvalidTokenError, jwt.PyJWKClientError):
        raise HTTPException(401, headers={"WWW-Authenticate": CHALLENGE + ', error="invalid_token"'})


app = FastAPI()
app.add_middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["WWW-Authenticate", "Mcp-Session-Id"]
)


${metadataPaths(values.resource)
  .map((path) => `@app.get(${json(path)})`)
  .join('\n')}
def metadata():
    return JSONResponse(METADATA)


@app.post(${json(pathOf(values))})
async def mcp(request: Request, claims: dict = Depends(authenticate)):
    ...  # your MCP server: claims["sub"] is the user, claims["scope"] what they allowed


if __name__ == "__main__":
    uvicorn.run(app, port=${portOf(values.resource)})
`

const VERIFIER = `class AccessTokenVerifier(JWTVerifier):
    """JWTVerifier that takes access tokens (RFC 9068) only."""

    async def verify_token(self, token: str):
        header = token.split(".")[0]
        try:
            typ = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["typ"]
        except (ValueError, KeyError, TypeError):
            return None
        return await super().verify_token(token) if typ == "at+jwt" else None
`

const imports = (more: readonly string[]): string =>
  [
    'import base64',
    'import json',
    '',
    ...more,
    'from starlette.requests import Request',
    'from starlette.responses import JSONResponse',
    'from starlette.routing import Route',
  ].join('\n')

const ending = (values: SnippetValues): string => `

@mcp.tool
def whoami() -> str:
    return str(get_access_token().claims["sub"])


if __name__ == "__main__":
    mcp.run(transport="http", port=${portOf(values.resource)}, path=${json(pathOf(values))})
`

/** The provider would serve the document below the resource's path only, and give an issuer without a path a slash that clients do not forgive. */
const provider = (values: SnippetValues): string => `class ExactAuthProvider(RemoteAuthProvider):
    """RemoteAuthProvider that serves the metadata as it stands, wherever clients ask for it."""

    def get_routes(self, mcp_path: str | None = None) -> list[Route]:
        super().get_routes(mcp_path)
        return [Route(path, metadata) for path in (${metadataPaths(values.resource).map(json).join(', ')},)]


async def metadata(request: Request) -> JSONResponse:
    return JSONResponse(METADATA, headers={"Access-Control-Allow-Origin": "*"})
`

export const fastMcpSnippet = (values: SnippetValues): string => `${imports([
  'from fastmcp import FastMCP',
  'from fastmcp.server.auth import RemoteAuthProvider',
  'from fastmcp.server.auth.providers.jwt import JWTVerifier',
  'from fastmcp.server.dependencies import get_access_token',
  'from pydantic import AnyHttpUrl',
])}

ISSUER = ${json(values.issuer)}
RESOURCE = ${json(values.resource)}
METADATA = ${resourceMetadata(values)}


${VERIFIER}

${provider(values)}

auth = ExactAuthProvider(
    token_verifier=AccessTokenVerifier(
        jwks_uri=ISSUER + "/.well-known/jwks.json",
        issuer=ISSUER,
        audience=RESOURCE,
        algorithm=${json(values.algorithm)},
    ),
    authorization_servers=[AnyHttpUrl(ISSUER)],
    base_url=${json(originOf(values))},
    challenge_scopes=${scopes(values)},
)
mcp = FastMCP(name=${json(values.name)}, auth=auth)
${ending(values)}`
