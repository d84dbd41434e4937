import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { challenge, metadataUrls, resourceMetadata, type SnippetValues } from './snippets.ts'

/** The two things an MCP server says that make a client find this issuer. */
export function ServeThis(values: SnippetValues) {
  const urls = [...new Set(metadataUrls(values.resource))]
  return (
    <Card>
      <CardHeader
        title="What your server says"
        description="A client without a token is told where to look, and looks there. Both parts are in the code below."
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
          <CodeBlock title="Challenge" code={challenge(values)} language="http" />
        </div>
      </CardBody>
    </Card>
  )
}
