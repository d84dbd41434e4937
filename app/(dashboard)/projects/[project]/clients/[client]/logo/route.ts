import { answered } from '#lib/management/answered.ts'
import { findClientLogo } from '#lib/management/clients/logo.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { privatePicture } from '../../../private-picture.ts'
import { clientIdIn } from '../client-id.ts'

type Client = { params: Promise<{ project: string; client: string }> }

/** Our copy of what the client shows, for its page. */
export const GET = (_: Request, { params }: Client): Promise<Response> =>
  answered(async () => {
    const { project, client } = await params
    return privatePicture(await findClientLogo(await requireMember(project), { clientId: clientIdIn(client) }))
  })
