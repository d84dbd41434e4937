import { metadataUrls } from '#lib/management/checks/inputs.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import { challenge, resourceMetadata, type SnippetValues } from './snippets.ts'

/** What an MCP server says to make a client find this issuer, and what it checks. */
export function ServeThis(values: SnippetValues) {
  const urls = [...new Set(metadataUrls(values.resource))]
  return (
    <Card>
      <CardHeader
        title="What your server does"
        description="It tells a client without a token where to look, and believes only tokens made for it. The code below does all three."
      />
      <CardBody className="gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 content-start gap-3">
          <h3 className="font-medium text-[13px]">
            {urls.length > 1 ? '1. Serve this document at both addresses' : '1. Serve this document'}
          </h3>
          <div className="grid min-w-0 gap-2">
            {urls.map((url) => (
              <Copyable key={url} label="metadata URL" value={url} />
            ))}
          </div>
          <CodeBlock title="Protected resource metadata" code={resourceMetadata(values)} language="json" />
        </div>
        <div className="grid min-w-0 content-start gap-3">
          <h3 className="font-medium text-[13px]">2. Answer 401 with this header</h3>
          <p className="text-[13px] text-ink-soft">Whenever the Authorization header is missing, or its token is not valid.</p>
          <CodeBlock wrap title="Challenge" code={challenge(values)} language="http" />
          <h3 className="mt-3 font-medium text-[13px]">3. Accept a token only if</h3>
          <Facts
            facts={[
              [
                'Signature',
                <span key="signature">
                  {values.algorithm}, with a key from <Code>{`${values.issuer}/.well-known/jwks.json`}</Code>
                </span>,
              ],
              ['Type (typ)', <Code key="typ">at+jwt</Code>],
              ['Issuer (iss)', <Code key="iss">{values.issuer}</Code>],
              ['Audience (aud)', <Code key="aud">{values.resource}</Code>],
              ['Expiry (exp)', 'in the future'],
            ]}
          />
        </div>
      </CardBody>
    </Card>
  )
}

const Code = ({ children }: { children: string }) => <code className="wrap-anywhere font-mono text-[12.5px]">{children}</code>
