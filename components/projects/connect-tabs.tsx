import { CodeBlock } from '../ui/code-block.tsx'
import { Tabs } from '../ui/tabs.tsx'
import {
  discoverySnippet,
  exchangeSnippet,
  expressSnippet,
  fastMcpSnippet,
  registerSnippet,
  type SnippetValues,
  sdkSnippet,
} from './snippets.ts'

/** Code for the MCP server, filled with this project's values. */
export function ConnectTabs(values: SnippetValues) {
  const checks = `Checks the signature (${values.algorithm}), the type (at+jwt), the issuer, the audience and the expiry.`
  return (
    <Tabs
      label="Code for"
      tabs={[
        {
          id: 'sdk',
          label: 'TypeScript SDK',
          panel: (
            <CodeBlock
              title="server.js · npm i @modelcontextprotocol/sdk express jose"
              code={sdkSnippet(values)}
              language="ts"
              note={checks}
            />
          ),
        },
        {
          id: 'express',
          label: 'Express',
          panel: <CodeBlock title="server.js · npm i express jose" code={expressSnippet(values)} language="ts" note={checks} />,
        },
        {
          id: 'fastmcp',
          label: 'FastMCP',
          panel: (
            <CodeBlock
              title="server.py · pip install fastmcp"
              code={fastMcpSnippet(values)}
              language="python"
              note="RemoteAuthProvider serves the metadata document and sends the challenge."
            />
          ),
        },
        {
          id: 'curl',
          label: 'curl',
          panel: (
            <>
              <CodeBlock title="Discovery" code={discoverySnippet(values)} language="shell" />
              <CodeBlock title="Register a client with the registration secret" code={registerSnippet(values)} language="shell" />
              <CodeBlock
                title="Mint a token for a user your backend has signed in"
                code={exchangeSnippet(values)}
                language="shell"
                note="The server secret never leaves your backend."
              />
            </>
          ),
        },
      ]}
    />
  )
}
