import { FileClock } from 'lucide-react'
import type { Metadata } from 'next'
import { getAuditEvent } from '#lib/management/audit-log/get.ts'
import { listAuditEventsInput } from '#lib/management/audit-log/inputs.ts'
import { listAuditEvents } from '#lib/management/audit-log/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EventDetails } from '../../../../../components/audit-log/event-details.tsx'
import { EventPanel } from '../../../../../components/audit-log/event-panel.tsx'
import { EventTable } from '../../../../../components/audit-log/event-table.tsx'
import { wordsFor } from '../../../../../components/audit-log/event-words.ts'
import { FilterForm } from '../../../../../components/audit-log/filter-form.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { found, hrefWith, one } from '../../../../search-params.ts'

export const metadata: Metadata = { title: 'Audit log' }

export default async function AuditLogPage({ params, searchParams }: PageProps<'/projects/[project]/audit-log'>) {
  const ctx = await requireMember((await params).project)
  const given = await searchParams
  const filter = { kind: one(given, 'kind'), client: one(given, 'client'), user: one(given, 'user'), grant: one(given, 'grant') }
  const cursor = one(given, 'cursor')
  const openId = one(given, 'event')
  const { kind, ...narrowed } = filter
  const input = listAuditEventsInput.safeParse({ ...narrowed, cursor, ...(kind?.includes('.') ? { action: kind } : { step: kind }) })
  const { events, nextCursor } = input.success ? await found(listAuditEvents(ctx, input.data)) : { events: [], nextCursor: null }
  const open = openId ? await found(getAuditEvent(ctx, { id: openId })) : null

  const log = `/projects/${ctx.project.slug}/audit-log`
  const here = hrefWith(log, { ...filter, cursor })
  return (
    <Page
      title="Audit log"
      description="Everything that happened in this project, newest first. Rows are written with what they tell of, and nobody can change them."
    >
      <FilterForm action={log} filter={filter} />
      {events.length > 0 ? (
        <EventTable events={events} openId={openId} hrefOf={(event) => hrefWith(log, { ...filter, cursor, event: event.id })} />
      ) : (
        <NothingHere more={nextCursor !== null} />
      )}
      <Pager first={cursor ? hrefWith(log, filter) : null} next={nextCursor ? hrefWith(log, { ...filter, cursor: nextCursor }) : null} />
      {open && (
        <EventPanel key={open.id} title={wordsFor(open.action).label} closeHref={here}>
          <EventDetails project={ctx.project.slug} event={open} permalink={permalink(ctx.project.issuer, log, open.id)} />
        </EventPanel>
      )}
    </Page>
  )
}

/** The dashboard lives on the origin of the path issuer, which is the primary one. */
const permalink = (issuer: string, log: string, event: string): string => new URL(hrefWith(log, { event }), issuer).href

function NothingHere({ more }: { more: boolean }) {
  return (
    <EmptyState icon={FileClock} title={more ? 'Nothing in this stretch' : 'Nothing fits'}>
      <p>
        {more
          ? 'The log goes on: the next page looks further back.'
          : 'No event of this project fits the filter. A kind, a client id or a user may be mistyped.'}
      </p>
    </EmptyState>
  )
}
