import { z } from 'zod'
import { fetchPublic } from '#lib/outbound/fetch.ts'
import type { Claims } from './claims.ts'

/** Larger than any answer about one person. */
const MAX_BYTES = 256 * 1024

/** `GET /user`: the number stays, the login may be given to somebody else. */
const githubUser = z.object({ id: z.number().int().positive(), login: z.string(), name: z.string().nullish() })
/** `GET /user/emails`. */
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() })).max(1_000)

/**
 * Who the token is for, in the words of OpenID Connect. The address on the profile page is one that anybody may type there: only the list
 * says which one is verified. Throws `OutboundRefused`, or an error that names what was not as documented.
 */
export async function githubPerson(accessToken: string, ask: typeof fetchPublic = fetchPublic): Promise<Claims> {
  const read = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> => {
    const headers = { authorization: `Bearer ${accessToken}`, 'x-github-api-version': '2022-11-28', 'user-agent': 'gatehouse' }
    const { status, body } = await ask(`https://api.github.com${path}`, { accept: 'application/json', maxBytes: MAX_BYTES, headers })
    if (status !== 200) throw new Error(`GitHub answered ${path} with ${status}`)
    return schema.parse(JSON.parse(body.toString('utf8')))
  }
  const [{ id, login, name }, emails] = [await read('/user', githubUser), await read('/user/emails', githubEmails)]
  const primary = emails.find((each) => each.primary)
  return {
    sub: String(id),
    preferred_username: login,
    name: name ?? login,
    ...(primary ? { email: primary.email, email_verified: primary.verified } : {}),
  }
}
