import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { prisma } from '#lib/db/client.ts'
import { answer } from '#lib/http/endpoint.ts'
import type { HttpReply } from '#lib/http/message.ts'
import { ownerAt } from '#lib/issuer/owner.ts'
import { pendingRequest } from '#lib/issuer/pending-request.ts'
import { signInPage } from '#lib/issuer/sign-in-page.ts'
import { type KeptMail, listMail } from '#lib/mail/mailbox.ts'
import { flushMail } from '#lib/mail/outbox.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { newSetting, type Setting } from '#lib/management/fixtures.ts'
import type { UpdateProjectInput } from '#lib/management/projects/inputs.ts'
import { updateProject } from '#lib/management/projects/update.ts'

// Of this test file alone: several run side by side.
process.env.MAIL_DIR = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-mail-'))

export const PASSWORD = 'correct horse battery'
const REDIRECT_URI = 'https://client.example.com/cb'

export type Fields = Readonly<Record<string, string>>
export type Place = { readonly setting: Setting; readonly clientId: string; readonly issuer: string; readonly projectId: string }
/** One browser, at an address of its own; `on`: the client's request or the page of ours that it is to sign in for. */
export type Visit = {
  readonly place: Place
  readonly on: { request: string } | { next: string }
  readonly address: string
  cookies: string
}

/** A project that lets people in by e-mail too. */
export async function newPlace(settings: UpdateProjectInput = { signInEmail: true }): Promise<Place> {
  const setting = await newSetting()
  await updateProject(setting.ctx, settings)
  const { clientId } = await createClient(setting.ctx, { name: 'Notes', redirectUris: [REDIRECT_URI], tokenEndpointAuthMethod: 'none' })
  return { setting, clientId, issuer: setting.created.issuer, projectId: setting.ctx.project.id }
}

type Endpoint = 'authorize' | 'signIn' | 'resetPassword' | 'ownAccount' | 'connectedApps' | 'consent'
const PATHS: Readonly<Record<Endpoint, string>> = {
  authorize: 'authorize',
  signIn: 'sign-in',
  resetPassword: 'reset-password',
  ownAccount: 'account',
  connectedApps: 'connected-apps',
  consent: 'consent',
}

type Sent = { readonly headers?: Fields; readonly query?: string; readonly body?: string }

function send(endpoint: Endpoint, place: Place, address: string, { headers = {}, query = '', body }: Sent): Promise<HttpReply> {
  const { host, pathname } = new URL(place.issuer)
  return answer(endpoint, {
    method: body === undefined ? 'GET' : 'POST',
    path: `${pathname}/oauth/${PATHS[endpoint]}`,
    query,
    headers: new Headers({ host, ...headers }),
    socketAddress: address,
    readBody: async () => new TextEncoder().encode(body),
  })
}

export const setCookies = ({ headers }: HttpReply): readonly string[] => [headers['set-cookie'] ?? []].flat()
export const locationOf = ({ headers }: HttpReply): string => String(headers.location ?? '')
export const parameterOf = (reply: HttpReply, name: string): string | null => new URL(locationOf(reply)).searchParams.get(name)
export const problemIn = (reply: HttpReply): string | null => parameterOf(reply, 'error')
export const anyAddress = (): string => `10.${[...randomBytes(3)].join('.')}`

/** A browser that a client has sent here. */
export async function visit(place: Place, cookies = ''): Promise<Visit> {
  const address = anyAddress()
  const parameters = { response_type: 'code', client_id: place.clientId, redirect_uri: REDIRECT_URI, code_challenge: 'c'.repeat(43) }
  const query = new URLSearchParams({ ...parameters, code_challenge_method: 'S256', prompt: 'select_account' }).toString()
  const reply = await send('authorize', place, address, { headers: cookies ? { cookie: cookies } : {}, query })
  const at = { place, on: { request: parameterOf(reply, 'request') ?? '' }, address, cookies }
  keep(at, reply)
  return at
}

/** A browser in which somebody wants to see their own account. */
export async function visitAccount(place: Place, cookies = ''): Promise<Visit> {
  const at = { place, on: { next: 'account' }, address: anyAddress(), cookies }
  keep(at, await send('signIn', place, at.address, { headers: cookies ? { cookie: cookies } : {}, query: 'next=account' }))
  return at
}

/** What a browser does with Set-Cookie. */
function keep(at: Visit, reply: HttpReply): void {
  for (const line of setCookies(reply)) {
    const [pair = ''] = line.split(';', 1)
    const name = pair.slice(0, pair.indexOf('='))
    const others = at.cookies.split('; ').filter((each) => each && !each.startsWith(`${name}=`))
    at.cookies = [...others, ...(/Max-Age=0/.test(line) ? [] : [pair])].join('; ')
  }
}

/** What the sign-in page shows to this browser. */
export const shownTo = (at: Visit, challenge?: string | null) => signInPage({ ...at.on, challenge }, at.place.issuer, at.cookies || null)

async function submit(endpoint: Endpoint, at: Visit, fields: Fields, headers: Fields): Promise<HttpReply> {
  const all = {
    ...(at.cookies ? { cookie: at.cookies } : {}),
    origin: new URL(at.place.issuer).origin,
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  }
  const reply = await send(endpoint, at.place, at.address, { headers: all, body: new URLSearchParams(fields).toString() })
  keep(at, reply)
  return reply
}

/** Posts a form of the sign-in page as this browser would. */
export async function post(at: Visit, intent: string, fields: Fields = {}, headers: Fields = {}): Promise<HttpReply> {
  const page = await shownTo(at)
  return submit('signIn', at, { ...at.on, csrf: page.kind === 'open' ? page.csrf : '', intent, ...fields }, headers)
}

/** Posts a form of the account page as this browser would. */
export async function postAccount(at: Visit, intent: string, fields: Fields = {}, headers: Fields = {}): Promise<HttpReply> {
  const page = await ownerAt(at.place.issuer, 'account', at.cookies || null)
  return submit('ownAccount', at, { csrf: page?.csrf ?? '', intent, ...fields }, headers)
}

/** Posts a form of the connected apps page as this browser would. */
export async function postConnectedApps(at: Visit, intent: string, fields: Fields = {}, headers: Fields = {}): Promise<HttpReply> {
  const page = await ownerAt(at.place.issuer, 'connected-apps', at.cookies || null)
  return submit('connectedApps', at, { csrf: page?.csrf ?? '', intent, ...fields }, headers)
}

/** A client sends this browser here; `changes` replaces or adds parameters. */
export function authorizeIn(at: Visit, changes: Fields = {}): Promise<HttpReply> {
  const parameters = { response_type: 'code', client_id: at.place.clientId, redirect_uri: REDIRECT_URI, code_challenge: 'c'.repeat(43) }
  const query = new URLSearchParams({ ...parameters, code_challenge_method: 'S256', ...changes }).toString()
  return send('authorize', at.place, at.address, { headers: at.cookies ? { cookie: at.cookies } : {}, query })
}

/** Allows what the consent page at this address of ours asks. */
export async function allowIn(at: Visit, consentUrl: string): Promise<HttpReply> {
  const page = await pendingRequest(consentUrl.split('/').at(-1) ?? '', at.cookies)
  if (page.kind !== 'open') throw new Error('the consent page shows no form')
  const scope = page.scopes.find(({ ticked }) => ticked)?.name ?? ''
  return submit('consent', at, { request: page.handle, csrf: page.csrf, decision: 'allow', scope }, {})
}

export const postReset = (at: Visit, fields: Fields, headers: Fields = {}): Promise<HttpReply> =>
  submit('resetPassword', at, fields, headers)

/** Who is signed in in this browser. */
export const signedIn = async (at: Visit): Promise<string | null> =>
  (await ownerAt(at.place.issuer, 'account', at.cookies || null))?.owner?.email ?? null

/** What was written to an address, newest first, after all of it was sent. */
export async function mailTo(email: string): Promise<KeptMail[]> {
  await flushMail(10_000)
  return (await listMail()).filter(({ to }) => to === email)
}

export const codeIn = (mail: KeptMail | undefined): string => /^\d{6}$/m.exec(mail?.text ?? '')?.[0] ?? ''
export const linkIn = (mail: KeptMail | undefined): URL =>
  new URL(/^https?:\/\/\S+\/email\?\S+$/m.exec(mail?.text ?? '')?.[0] ?? 'missing:')
export const tokenIn = (mail: KeptMail | undefined): string => linkIn(mail).searchParams.get('token') ?? ''

/** Asks for something that is mailed, and answers the challenge that the page names. */
export async function ask(at: Visit, intent: string, email: string): Promise<string> {
  return parameterOf(await post(at, intent, { email }), 'challenge') ?? ''
}

/** All challenges of the project are as old as if so many minutes had passed. */
export const passMinutes = ({ projectId }: Place, minutes: number): Promise<number> =>
  prisma()
    .$executeRaw`UPDATE email_challenge SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE project_id = ${projectId}::uuid`

export const userAt = ({ projectId }: Place, email: string) => prisma().endUser.findFirst({ where: { projectId, email } })
