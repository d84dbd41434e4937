import { readCapped } from '#lib/capped-body.ts'
import { answered } from '#lib/management/answered.ts'
import type { WriteAuditLogInput } from '#lib/management/audit-log/inputs.ts'
import { writeAuditLog } from '#lib/management/audit-log/write.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { filterFrom, inputFrom } from '../../../../../../components/audit-log/log-filter.ts'
import { one } from '../../../../../search-params.ts'
import { refusalPage } from '../../../../refusal-page.ts'

type Project = { params: Promise<{ project: string }> }

const MAX_FORM_BYTES = 8 * 1024
const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const

/** The filtered log as a file. A POST, because the log records it: a link somewhere else must not be able to write that. */
export async function POST(request: Request, { params }: Project): Promise<Response> {
  const { project } = await params
  const log = { href: `/projects/${encodeURIComponent(project)}/audit-log`, text: 'Back to the audit log' }
  const tell = refusalPage(request, { title: 'Nothing was exported', link: log })
  return answered(async () => {
    const ctx = await requireMember(project)
    const form = await readCapped(request, MAX_FORM_BYTES)
    if (!form) return tell({ status: 413, message: 'The form is too large', retryAfterSeconds: null })
    const given = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(form)))
    const format = given.format === 'jsonl' ? 'jsonl' : 'csv'
    const filter = filterFrom((name) => one(given, name))
    const input = { ...inputFrom(filter, ctx.now()), format } as WriteAuditLogInput
    return file(await writeAuditLog(ctx, input), `${ctx.project.slug}-audit-log-${ctx.now().toISOString().slice(0, 10)}`, format)
  }, tell)
}

function file(pieces: AsyncGenerator<string, void, void>, name: string, format: keyof typeof MEDIA_TYPES): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': MEDIA_TYPES[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}
