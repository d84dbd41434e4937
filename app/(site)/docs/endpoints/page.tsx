import type { Metadata } from 'next'
import { COMMON_ERRORS } from '#lib/oauth/reference/entry.ts'
import { groupedReference } from '#lib/oauth/reference/reference.ts'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { DOCS_ISSUER, DOCS_VALUES } from '../../../../components/docs/docs-values.ts'
import { EndpointGroups } from '../../../../components/docs/endpoint-groups.tsx'
import { EndpointRules } from '../../../../components/docs/endpoint-rules.tsx'
import { JumpList } from '../../../../components/docs/jump-list.tsx'

export const metadata: Metadata = {
  title: 'Endpoints',
  description: 'Every endpoint of a Gatehouse issuer: parameters, who may call, an example with its answer, and its errors.',
}

export default function EndpointsReferencePage() {
  const groups = groupedReference()
  return (
    <DocsPage
      title="Endpoints"
      lead="What an issuer answers. The page comes from the same list that the tests send to a running server, so that each example is one that works."
    >
      <EndpointRules errors={COMMON_ERRORS} />
      <JumpList
        label="Endpoints on this page"
        groups={groups.map(({ name, entries }) => ({ label: name, to: entries.map(({ id, title }) => ({ id, text: title })) }))}
      />
      <EndpointGroups groups={groups} issuer={DOCS_ISSUER} values={DOCS_VALUES} />
    </DocsPage>
  )
}
