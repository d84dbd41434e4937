import { expressSnippet, type SnippetValues } from '../projects/snippets.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { curlSnippet } from './checks.ts'
import { goSnippet } from './go.ts'
import { fastApiSnippet, fastMcpSnippet } from './python.ts'
import { honoSnippet, nextMcpRoute, nextMetadataRoute, nextRouteFile, sdkSnippet, tokenModule } from './typescript.ts'

/** Code for the MCP server, filled with this project's values. Each serves the document, sends the challenge and checks the token. */
export function ServerTabs(values: SnippetValues) {
  const checked = `Checks the signature (${values.algorithm}), the type (at+jwt), the issuer, the audience and the expiry.`
  return (
    <Tabs
      label="Code for"
      tabs={[
        {
          id: 'sdk',
          label: 'TypeScript SDK',
          panel: (
            <CodeBlock
              title="server.js · npm i @modelcontextprotocol/sdk express cors jose zod"
              code={sdkSnippet(values)}
              language="ts"
              note={`A whole server with one tool. ${checked}`}
            />
          ),
        },
        {
          id: 'express',
          label: 'Express',
          panel: <CodeBlock title="server.js · npm i express cors jose" code={expressSnippet(values)} language="ts" note={checked} />,
        },
        {
          id: 'next',
          label: 'Next.js',
          panel: (
            <>
              <CodeBlock title="lib/token.js · npm i jose" code={tokenModule(values)} language="ts" note={checked} />
              <CodeBlock
                title="app/.well-known/oauth-protected-resource/[[...path]]/route.js"
                code={nextMetadataRoute()}
                language="ts"
                note="One route for both addresses."
              />
              <CodeBlock title={nextRouteFile(values)} code={nextMcpRoute()} language="ts" />
            </>
          ),
        },
        {
          id: 'hono',
          label: 'Hono',
          panel: (
            <>
              <CodeBlock title="token.js · npm i hono @hono/node-server jose" code={tokenModule(values)} language="ts" note={checked} />
              <CodeBlock
                title="server.js"
                code={honoSnippet(values)}
                language="ts"
                note="On Workers, Deno or Bun export app instead of calling serve."
              />
            </>
          ),
        },
        {
          id: 'fastapi',
          label: 'FastAPI',
          panel: (
            <CodeBlock
              title="server.py · pip install fastapi uvicorn 'pyjwt[crypto]'"
              code={fastApiSnippet(values)}
              language="python"
              note={checked}
            />
          ),
        },
        {
          id: 'fastmcp',
          label: 'FastMCP',
          panel: (
            <CodeBlock
              title="server.py · pip install fastmcp"
              code={fastMcpSnippet(values)}
              language="python"
              note={`JWTVerifier expects RS256 unless it is told ${values.algorithm}, and does not look at the type; the metadata is served as it stands at both addresses. ${checked}`}
            />
          ),
        },
        {
          id: 'go',
          label: 'Go',
          panel: (
            <CodeBlock
              title="main.go · go get github.com/coreos/go-oidc/v3"
              code={goSnippet(values)}
              language="ts"
              note={`go-oidc expects RS256 unless it is told ${values.algorithm}, and does not look at the type. ${checked}`}
            />
          ),
        },
        {
          id: 'curl',
          label: 'curl',
          panel: (
            <CodeBlock
              title="Against a server that runs"
              code={curlSnippet(values)}
              language="shell"
              note="What a client does, by hand. GATEHOUSE_SERVER_SECRET is the server secret of this project."
            />
          ),
        },
      ]}
    />
  )
}
