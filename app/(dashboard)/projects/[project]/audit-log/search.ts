import type { ListAuditEventsInput } from '#lib/management/audit-log/inputs.ts'
import { listAuditEvents } from '#lib/management/audit-log/list.ts'
import type { AuditPage } from '#lib/management/audit-log/look.ts'
import type { ManagementContext } from '#lib/management/context.ts'

/** So often a page looks further back by itself before it asks whether to go on. */
const LOOKS = 3

/** The first page that holds something, or the last one looked at. */
export async function searchLog(ctx: ManagementContext, input: ListAuditEventsInput): Promise<AuditPage> {
  let page = await listAuditEvents(ctx, input)
  for (let looks = 1; looks < LOOKS && page.events.length === 0 && page.nextCursor !== null; looks++) {
    page = await listAuditEvents(ctx, { ...input, cursor: page.nextCursor })
  }
  return page
}
