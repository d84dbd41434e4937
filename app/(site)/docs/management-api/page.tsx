import type { Metadata } from 'next'
import { managementApiReference } from '#lib/management/api/reference.ts'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { JumpList } from '../../../../components/docs/jump-list.tsx'
import { ApiOperation } from '../../../../components/site/api-operation.tsx'
import { Prose } from '../../../../components/site/prose.tsx'
import { CodeBlock } from '../../../../components/ui/code-block.tsx'

export const metadata: Metadata = {
  title: 'Management API',
  description: 'Every operation of the Gatehouse management API: path, fields, permission and an example.',
}

const SETUP = `export GATEHOUSE_URL=https://auth.example.com   # where this installation lives
export GATEHOUSE_API_KEY=gate_key_…              # made in the dashboard, below API keys

curl "$GATEHOUSE_URL/api/management/projects" \\
  -H "Authorization: Bearer $GATEHOUSE_API_KEY"`

const FAILURE = `{
  "error": {
    "code": "invalid",
    "message": "At most 80 characters",
    "fields": { "name": "At most 80 characters" },
    "reference": "5b6cf9bc5a33"
  }
}`

const RULES = [
  'A key can do what was chosen for it, less what its maker’s role no longer includes. A key of one project sees that project only.',
  'Lists give `nextCursor`: hand it back as `cursor` for the next page; null is the last. A page has at most 100 rows.',
  'Bodies are JSON objects of at most 64 KB. A field that the operation does not know is refused, so that a misspelt one is noticed.',
  'Times are RFC 3339 in UTC. Answers may get more fields: leave alone what you do not know.',
  'Each key may ask 600 times a minute. `RateLimit` says how often still; 429 and 503 say in `Retry-After` how many seconds to wait.',
  'What belongs to another organisation is answered like what does not exist: 404.',
  'Each change is in the audit log of its project or organisation, with the key as its actor.',
]

export default function ManagementApiPage() {
  const { groups, errors } = managementApiReference()
  return (
    <DocsPage
      title="Management API"
      lead={
        <>
          Everything the dashboard can do, for programs. Made from the same code, so it is complete by itself; as OpenAPI 3.1 at{' '}
          <a href="/api/management/openapi.json" className="wrap-anywhere rounded text-accent underline underline-offset-4">
            /api/management/openapi.json
          </a>
          .
        </>
      }
    >
      <div className="grid min-w-0 gap-4">
        <CodeBlock title="First call" code={SETUP} language="shell" />
        <ul className="grid max-w-[72ch] list-disc gap-1.5 pl-5 text-[14px] text-ink-soft">
          {RULES.map((rule) => (
            <li key={rule}>
              <Prose text={rule} />
            </li>
          ))}
        </ul>
      </div>
      <JumpList
        label="Operations"
        groups={groups.map(({ name, entries }) => ({ label: name, id: placeOf(name), to: entries.map(({ id }) => ({ id, text: id })) }))}
      />
      <section aria-labelledby="errors" className="grid min-w-0 gap-4">
        <h2 id="errors" className="scroll-mt-6 font-semibold text-[19px] tracking-[-0.02em]">
          When it fails
        </h2>
        <CodeBlock title="The body of every failure" code={FAILURE} language="json" />
        <dl className="grid gap-x-6 gap-y-2 text-[13px] sm:grid-cols-[13rem_minmax(0,1fr)]">
          {errors.map(([code, meaning]) => (
            <div key={code} className="contents">
              <dt>
                <code className="font-mono text-[12.5px]">{code}</code>
              </dt>
              <dd className="text-ink-soft max-sm:-mt-1.5">{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>

      {groups.map(({ name, entries }) => (
        <section key={name} aria-labelledby={placeOf(name)} className="grid min-w-0 gap-3">
          <h2 id={placeOf(name)} className="scroll-mt-6 font-semibold text-[19px] tracking-[-0.02em]">
            {name}
          </h2>
          <div className="min-w-0 border-b">
            {entries.map((entry) => (
              <ApiOperation key={entry.id} entry={entry} />
            ))}
          </div>
        </section>
      ))}
    </DocsPage>
  )
}

const placeOf = (name: string): string => `about-${name.toLowerCase().replaceAll(' ', '-')}`
