import type { Metadata } from 'next'
import { errorReference } from '#lib/oauth/reference/errors.ts'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { ErrorEntry } from '../../../../components/docs/error-entry.tsx'
import { JumpList } from '../../../../components/docs/jump-list.tsx'
import { CodeBlock } from '../../../../components/ui/code-block.tsx'

export const metadata: Metadata = {
  title: 'Errors',
  description: 'Every error code of a Gatehouse issuer: what it means, what it usually comes from, and what to do.',
}

const BODY = `HTTP/1.1 400 Bad Request
Content-Type: application/json
Cache-Control: no-store

{
  "error": "invalid_grant",
  "error_description": "The grant is invalid, expired, revoked or was issued to another client",
  "error_uri": "https://auth.example.com/docs/errors#invalid_grant"
}`

export default function ErrorsPage() {
  const errors = Object.entries(errorReference)
  return (
    <DocsPage
      title="Errors"
      lead="For whoever develops a client. Several causes share a code on purpose: which check failed would tell a stranger too much. The project’s owner finds the exact reason in its audit log."
    >
      <CodeBlock title="An error as JSON" code={BODY} language="http" wrap />
      <JumpList label="Codes" mono groups={[{ to: errors.map(([code]) => ({ id: code, text: code })) }]} />
      <div className="min-w-0 border-b">
        {errors.map(([code, error]) => (
          <ErrorEntry key={code} code={code} error={error} />
        ))}
      </div>
    </DocsPage>
  )
}
