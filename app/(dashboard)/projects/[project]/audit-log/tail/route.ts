import { tailAuditEvents } from '#lib/management/audit-log/tail.ts'
import { ManagementError } from '#lib/management/context.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { filterFrom, inputFrom } from '../../../../../../components/audit-log/log-filter.ts'
import { one } from '../../../../../search-params.ts'

type Project = { params: Promise<{ project: string }> }

/** What is new since the event `after`, as JSON. The session is looked at each time. */
export async function GET(request: Request, { params }: Project): Promise<Response> {
  const ctx = await requireMember((await params).project)
  const given = Object.fromEntries(new URL(request.url).searchParams)
  const filter = filterFrom((name) => one(given, name))
  try {
    const after = one(given, 'after')
    const tail = await tailAuditEvents(ctx, { ...inputFrom(filter, ctx.now()), ...(after === undefined ? {} : { after }) })
    return Response.json(tail, { headers: { 'cache-control': 'private, no-store' } })
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error
    return Response.json({ message: error.message }, { status: error.code === 'invalid' ? 400 : 403 })
  }
}
