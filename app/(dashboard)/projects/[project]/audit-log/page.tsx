import { FileClock } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { errorCodeOf } from '#lib/management/audit-log/error-code.ts'
import { getAuditEvent } from '#lib/management/audit-log/get.ts'
import { listAuditEventsInput } from '#lib/management/audit-log/inputs.ts'
import { listSavedViews } from '#lib/management/saved-views/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EventDetails } from '../../../../../components/audit-log/event-details.tsx'
import { EventLog } from '../../../../../components/audit-log/event-log.tsx'
import { wordsFor } from '../../../../../components/audit-log/event-words.ts'
import { ExportDialog } from '../../../../../components/audit-log/export-dialog.tsx'
import { FilterForm } from '../../../../../components/audit-log/filter-form.tsx'
import { filterFrom, inputFrom, isFiltered, queryOf } from '../../../../../components/audit-log/log-filter.ts'
import { LogTabs } from '../../../../../components/audit-log/log-tabs.tsx'
import { isReference, ReferenceElsewhere } from '../../../../../components/audit-log/reference-elsewhere.tsx'
import { SavedViews } from '../../../../../components/audit-log/saved-views.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { Notice } from '../../../../../components/ui/notice.tsx'
import { SidePanel } from '../../../../../components/ui/side-panel.tsx'
import { hiddenColumns } from '../../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../../search-params.ts'
import { deleteViewAction, saveViewAction } from './actions.ts'
import { searchLog } from './search.ts'

export const metadata: Metadata = { title: 'Audit log' }

export default async function AuditLogPage({ params, searchParams }: PageProps<'/projects/[project]/audit-log'>) {
  const ctx = await requireMember((await params).project)
  const given = await searchParams
  const filter = filterFrom((name) => one(given, name))
  const cursor = one(given, 'cursor')
  const openId = one(given, 'event')
  const log = `/projects/${ctx.project.slug}/audit-log`
  // A plain form sends every field; what was left empty makes an address that nobody likes to pass on.
  if (Object.values(given).includes('')) redirect(hrefWith(log, { ...filter, cursor, event: openId }))
  const input = { ...inputFrom(filter, ctx.now()), cursor }
  const problem = problemOf(input)
  const [{ events, nextCursor }, { views }, open, hidden] = await Promise.all([
    problem === null ? found(searchLog(ctx, input)) : NOTHING,
    found(listSavedViews(ctx)),
    openId ? found(getAuditEvent(ctx, { id: openId })) : null,
    hiddenColumns('events'),
  ])

  const { slug } = ctx.project
  const query = queryOf(filter)
  const isNewest = cursor === undefined && filter.to === undefined
  return (
    <Page
      title="Audit log"
      description="Everything that happened in this project, newest first. Rows are written with what they tell of, and nobody can change them."
      action={<ExportDialog action={`${log}/export`} filter={filter} />}
    >
      <LogTabs log={log} current="events" />
      <FilterForm action={log} filter={filter} />
      <SavedViews
        path={log}
        query={query}
        save={saveViewAction.bind(null, slug)}
        views={views.map((view) => ({ ...view, remove: deleteViewAction.bind(null, slug, view.id) }))}
      />
      {problem !== null && (
        <Notice tone="warn" title="This filter can find nothing">
          {problem}
        </Notice>
      )}
      <EventLog
        events={events}
        path={log}
        query={cursor ? new URLSearchParams({ ...filter, cursor }).toString() : query}
        openId={openId}
        hidden={hidden}
        tailHref={isNewest && problem === null ? `${log}/tail?${query}` : null}
        empty={
          <NothingHere
            isNarrow={isFiltered(filter)}
            more={nextCursor !== null}
            text={filter.text ?? ''}
            quickStart={`/projects/${slug}/quick-start`}
          />
        }
      />
      <Pager first={cursor ? hrefWith(log, filter) : null} next={nextCursor ? hrefWith(log, { ...filter, cursor: nextCursor }) : null} />
      {open && (
        <SidePanel key={open.id} title={wordsFor(open.action).label} closeHref={hrefWith(log, { ...filter, cursor })}>
          <EventDetails
            project={slug}
            event={open}
            errorCode={open.outcome === 'refused' || open.reason ? errorCodeOf(open) : null}
            log={log}
            permalink={permalink(ctx.project.issuer, log, open.id)}
          />
        </SidePanel>
      )}
    </Page>
  )
}

const NOTHING = { events: [], nextCursor: null }

/** What is wrong with a filter that somebody typed; null: nothing. */
function problemOf(input: Parameters<typeof listAuditEventsInput.safeParse>[0]): string | null {
  const [issue] = listAuditEventsInput.safeParse(input).error?.issues ?? []
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null
}

/** The dashboard lives on the origin of the path issuer, which is the primary one. */
const permalink = (issuer: string, log: string, event: string): string => new URL(hrefWith(log, { event }), issuer).href

type NothingProps = { isNarrow: boolean; more: boolean; text: string; quickStart: string }

function NothingHere({ isNarrow, more, text, quickStart }: NothingProps) {
  if (!more && isReference(text)) return <ReferenceElsewhere reference={text} />
  return (
    <EmptyState
      icon={FileClock}
      title={more ? 'Nothing in this stretch' : isNarrow ? 'Nothing fits' : 'Nothing happened yet'}
      action={
        !more &&
        !isNarrow && (
          <Button asChild>
            <Link href={quickStart}>Connect a client</Link>
          </Button>
        )
      }
    >
      <p>
        {more
          ? 'No event of the newest sixty thousand fits. The log goes on: the next page looks further back.'
          : isNarrow
            ? 'No event of this project fits the filter. Take one condition away, or look for a typing mistake in an id.'
            : 'Registrations, sign-ins, tokens and every change in the dashboard appear here by themselves.'}
      </p>
    </EmptyState>
  )
}
