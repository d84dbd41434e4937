import { readCapped } from '#lib/capped-body.ts'
import { answered } from '#lib/management/answered.ts'
import { findLogo, setLogo } from '#lib/management/projects/logo.ts'
import { MAX_LOGO_BYTES } from '#lib/management/projects/logo-file.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { privatePicture } from '../../private-picture.ts'

type Project = { params: Promise<{ project: string }> }

/** The logo as it is, for the preview. */
export const GET = (_: Request, { params }: Project): Promise<Response> =>
  answered(async () => privatePicture(await findLogo(await requireMember((await params).project))))

/** The file as the body. A route of its own, because a server action may take no more than 64 KB. */
export const POST = (request: Request, { params }: Project): Promise<Response> =>
  answered(async () => {
    const ctx = await requireMember((await params).project)
    const file = await readCapped(request, MAX_LOGO_BYTES)
    return file ? Response.json(await setLogo(ctx, file)) : Response.json({ message: 'At most 256 KB' }, { status: 413 })
  })
