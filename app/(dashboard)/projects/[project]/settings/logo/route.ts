import { readCapped } from '#lib/capped-body.ts'
import { ManagementError } from '#lib/management/context.ts'
import { findLogo, setLogo } from '#lib/management/projects/logo.ts'
import { MAX_LOGO_BYTES } from '#lib/management/projects/logo-file.ts'
import { requireMember } from '#lib/session/require-member.ts'

type Project = { params: Promise<{ project: string }> }

const STATUS = { not_found: 404, forbidden: 403, reauthenticate: 401, conflict: 409, invalid: 400, too_many_requests: 429 } as const

/** The logo as it is, for the preview. */
export async function GET(_: Request, { params }: Project): Promise<Response> {
  const logo = await findLogo(await requireMember((await params).project))
  if (!logo) return new Response(null, { status: 404 })
  return new Response(Uint8Array.from(logo.bytes), {
    headers: { 'content-type': logo.mediaType, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
  })
}

/** The file as the body. A route of its own, because a server action may take no more than 64 KB. */
export async function POST(request: Request, { params }: Project): Promise<Response> {
  const ctx = await requireMember((await params).project)
  const file = await readCapped(request, MAX_LOGO_BYTES)
  if (!file) return Response.json({ message: 'At most 256 KB' }, { status: 413 })
  try {
    return Response.json(await setLogo(ctx, file))
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error
    return Response.json({ message: error.fields.logo ?? error.message }, { status: STATUS[error.code] })
  }
}
