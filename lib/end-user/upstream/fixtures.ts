import { randomUUID } from 'node:crypto'
import { prisma } from '#lib/db/client.ts'
import { answer } from '#lib/http/endpoint.ts'
import type { HttpReply } from '#lib/http/message.ts'
import type { UpdateProjectInput } from '#lib/management/projects/inputs.ts'
import { createUpstreamProvider } from '#lib/management/upstream-providers/create.ts'
import type { CreateUpstreamProviderInput } from '#lib/management/upstream-providers/inputs.ts'
import { callbackUrl } from '#lib/oauth/provider-metadata.ts'
import { newPlace, type Place, post, setCookies, type Visit } from '../fixtures.ts'
import { type Jar, signInThere, type TestProvider } from './fixtures-provider.ts'

// Before the configuration is read: the providers of these tests live on this machine.
process.env.OUTBOUND_LOOPBACK = 'on'

/** A project that people may come to from a provider. */
export type Connected = Place & {
  readonly providerId: string
  readonly there: { clientId: string; clientSecret: string }
}

/** `provider`: what differs from a plain OpenID provider. */
export async function connect(
  there: TestProvider,
  provider: Partial<CreateUpstreamProviderInput> = {},
  settings: UpdateProjectInput = {},
): Promise<Connected> {
  const place = await newPlace(settings)
  const added = await addProvider(place, there, provider)
  return { ...place, ...added }
}

export async function addProvider(place: Place, there: TestProvider, provider: Partial<CreateUpstreamProviderInput> = {}) {
  const id = randomUUID()
  const credentials = await there.register(callbackUrl(place.issuer, id))
  await createUpstreamProvider(place.setting.ctx, {
    ...{ id, preset: 'oidc', name: 'Example', issuer: there.issuer, ...credentials },
    ...provider,
  })
  return { providerId: id, there: credentials }
}

/** Presses the button; answers the reply, which is no redirect. */
export const press = (at: Visit, providerId: string, fields: Record<string, string> = {}): Promise<HttpReply> =>
  post(at, 'upstream', { provider: providerId, ...fields })

/** Where the page leads that stands between our form and the provider; null for every other reply. */
export const whither = ({ headers }: HttpReply): string | null => /^0; url=(.+)$/.exec(String(headers.refresh ?? ''))?.[1] ?? null

/** Presses the button and goes to the provider. */
export async function leave(at: Visit, providerId: string): Promise<string> {
  const reply = await press(at, providerId)
  const url = whither(reply)
  if (url === null) throw new Error(`the browser was not sent to the provider: ${reply.status} ${String(reply.headers.location)}`)
  return url
}

/** What the browser does when the provider sends it back. */
export async function arrive(at: Visit, url: URL | string): Promise<HttpReply> {
  const { host, pathname, search } = new URL(url)
  const reply = await answer('upstreamCallback', {
    ...{ method: 'GET', path: pathname, query: search.slice(1), socketAddress: at.address },
    headers: new Headers({ host, ...(at.cookies ? { cookie: at.cookies } : {}) }),
    readBody: async () => new Uint8Array(),
  })
  for (const line of setCookies(reply)) {
    const [pair = ''] = line.split(';', 1)
    const name = pair.slice(0, pair.indexOf('='))
    at.cookies = [...at.cookies.split('; ').filter((each) => each && !each.startsWith(`${name}=`)), pair].join('; ')
  }
  return reply
}

/** The whole way there and back. */
export async function signInWith(at: Visit, providerId: string, login: string, jar?: Jar): Promise<HttpReply> {
  return arrive(at, await signInThere(await leave(at, providerId), login, jar))
}

export const peopleOf = ({ projectId }: Place) => prisma().endUser.findMany({ where: { projectId }, orderBy: { createdAt: 'asc' } })
export const identitiesOf = ({ projectId }: Place) => prisma().externalIdentity.findMany({ where: { projectId } })
export const departuresOf = ({ projectId }: Place) => prisma().upstreamSignIn.findMany({ where: { projectId } })

/** As if so many minutes had passed for whoever is at the provider. */
export const passMinutesThere = ({ projectId }: Place, minutes: number) =>
  prisma()
    .$executeRaw`UPDATE upstream_sign_in SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE project_id = ${projectId}::uuid`

/** The customer's server asks for a user's token. */
export async function fetchToken(place: Place, body: object, secret = place.setting.created.serverSecret) {
  const { host, pathname } = new URL(place.issuer)
  const reply = await answer('upstreamToken', {
    ...{ method: 'POST', path: `${pathname}/api/oauth/upstream-token`, query: '', socketAddress: '192.0.2.7' },
    headers: new Headers({ host, 'content-type': 'application/json', authorization: `Bearer ${secret}` }),
    readBody: async () => new TextEncoder().encode(JSON.stringify(body)),
  })
  return { status: reply.status, headers: reply.headers, body: JSON.parse(String(reply.body)) as Record<string, unknown> }
}
