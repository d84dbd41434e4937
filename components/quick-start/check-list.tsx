import { Check as Tick } from 'lucide-react'
import type { SnippetValues } from '../projects/snippets.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { CheckRun, type Runner } from './check-run.tsx'
import { callSnippet, checks, exchangeSnippet } from './checks.ts'

/** Questions to ask with curl or from here, each with the answer of a server that does it right. */
export function CheckList({ values, runner }: { values: SnippetValues; runner: Runner }) {
  return (
    <ol className="grid gap-6">
      {checks(values, runner.registrationMode).map((check) => (
        <li key={check.id} className="grid min-w-0 gap-2">
          <h3 className="font-medium text-[13px]">{check.title}</h3>
          <div className="grid min-w-0 gap-2 lg:grid-cols-2">
            <CodeBlock title={`Command ${check.title[0]}`} code={check.command} language="shell" wrap />
            <CodeBlock title={`Expected answer ${check.title[0]}`} code={check.expected} language="http" wrap />
          </div>
          <p className="text-ink-soft text-xs">If not — {check.otherwise}</p>
          <CheckRun check={check} runner={runner} />
        </li>
      ))}
      <li className="grid min-w-0 gap-2">
        <h3 className="font-medium text-[13px]">5. A token opens the server</h3>
        <div className="grid min-w-0 gap-2 lg:grid-cols-2">
          <CodeBlock title="Mint a token for a user of your backend" code={exchangeSnippet(values)} language="shell" wrap />
          <CodeBlock title="Call the server with it" code={callSnippet(values)} language="shell" wrap />
        </div>
        <p className="flex items-start gap-1.5 text-ink-soft text-xs">
          <Tick aria-hidden className="mt-0.5 size-3.5 shrink-0 text-good" />
          200 with the list of tools. 401: compare iss, aud, alg and typ of the token with what the server expects. The server secret never
          leaves your backend.
        </p>
      </li>
    </ol>
  )
}
