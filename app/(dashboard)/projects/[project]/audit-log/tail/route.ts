import { answered } from '#lib/management/answered.ts'
import { tailAuditEvents } from '#lib/management/audit-log/tail.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { filterFrom, inputFrom } from '../../../../../../components/audit-log/log-filter.ts'
import { one } from '../../../../../search-params.ts'

type Project = { params: Promise<{ project: string }> }

/** What is new since the event `after`, as JSON. The session is looked at each time. */
export const GET = (request: Request, { params }: Project): Promise<Response> =>
  answered(async () => {
    const ctx = await requireMember((await params).project)
    const given = Object.fromEntries(new URL(request.url).searchParams)
    const [filter, after] = [filterFrom((name) => one(given, name)), one(given, 'after')]
    const tail = await tailAuditEvents(ctx, { ...inputFrom(filter, ctx.now()), ...(after === undefined ? {} : { after }) })
    return Response.json(tail, { headers: { 'cache-control': 'private, no-store' } })
  })
