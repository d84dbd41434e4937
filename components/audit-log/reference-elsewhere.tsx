import { Terminal } from 'lucide-react'
import { EmptyState } from '../layout/empty-state.tsx'
import { CodeBlock } from '../ui/code-block.tsx'

/** As error pages of the dashboard and refusals of the management API show it. Neither is an id of this log. */
export const isReference = (text: string): boolean => /^(?:\d{6,10}(?:@E\d+)?|[0-9a-f]{12})$/.test(text)

/** Failures of the server itself are no events of a project: what somebody looks for here stands in the log of the process. */
export function ReferenceElsewhere({ reference }: { reference: string }) {
  return (
    <EmptyState icon={Terminal} title="This looks like the reference of an error page">
      <p>
        A failure of the server belongs to no project, so it is no event of this log. Whoever runs this server finds its cause and every
        time it struck in the output of the process:
      </p>
      <div className="min-w-0 text-left">
        <CodeBlock title="In the server’s output" code={`docker logs <container> 2>&1 | grep -F '${reference}'`} language="shell" wrap />
      </div>
    </EmptyState>
  )
}
