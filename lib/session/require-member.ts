import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { AccountContext } from '#lib/management/account/context.ts'
import { findSession, type SessionMember } from '#lib/management/account/session.ts'
import { type ManagementContext, ManagementError, type OrganisationContext } from '#lib/management/context.ts'
import { recordTrespass } from '#lib/management/denials.ts'
import { type Caller, organisationContextOf, projectContextOf } from '#lib/management/members/contexts.ts'
import { type OwnOrganisation, organisationsOf } from '#lib/management/organisations/of-member.ts'
import { openSessionCookie, sessionCookie } from './cookie.ts'
import { callersAddress } from './device.ts'
import { chosenOrganisation } from './organisation.ts'
import { loginPath, returnPath, secondFactorPath } from './return-path.ts'
import { halfOpenSession } from './sign-in.ts'

export type CurrentMember = SessionMember

/** Who is signed in; null for nobody, and for a session that does not count any more. Asked once per request. */
export const currentMember: () => Promise<CurrentMember | null> = cache(async () => {
  const key = await openSessionCookie()
  return key && findSession(key)
})

/** The signed-in member about their own account; goes to /login when nobody is signed in. */
export async function accountContext(): Promise<AccountContext> {
  const { id, sessionId, recentlyAuthenticated } = await requireSignedIn()
  const address = await callersAddress()
  return { memberId: id, sessionId, recentlyAuthenticated, ...(address === undefined ? {} : { address }) }
}

/** All organisations of the signed-in member, the one joined first is first. Asked once per request. */
export const ownOrganisations: () => Promise<OwnOrganisation[]> = cache(async () => organisationsOf((await requireSignedIn()).id))

/** Who is signed in, whatever they belong to; goes to /login when nobody is, which leads back here. */
export async function requireSignedIn(): Promise<CurrentMember> {
  const member = await currentMember()
  if (!member) redirect(await loginFromHere())
  return member
}

/** A provider's person may still owe the second factor. Any other browser that sends a session had one, and learns that it ended. */
async function loginFromHere(): Promise<string> {
  const [sent, jar] = [await headers(), await cookies()]
  const here = `${sent.get('x-path') ?? ''}${sent.get('x-query') ?? ''}`
  const next = returnPath(here)
  if (await halfOpenSession()) return secondFactorPath(next)
  return loginPath(next, Boolean(jar.get(sessionCookie().name)?.value))
}

/**
 * The signed-in member in the organisation this browser chose, or in the first; goes to /login when nobody is signed in, to
 * /new-organisation for a member of none, and to /profile where a second factor is asked for and there is none.
 */
export function requireMember(): Promise<OrganisationContext>
/** The same in one project; the 404 page for unknown projects and for those of others. */
export function requireMember(slug: string): Promise<ManagementContext>
export async function requireMember(slug?: string): Promise<OrganisationContext | ManagementContext> {
  const [ctx, own] = await Promise.all([slug === undefined ? organisationHere() : projectHere(slug), ownOrganisations()])
  const organisationId = 'project' in ctx ? ctx.project.organisationId : ctx.organisation.id
  if (own.some(({ id, barred }) => barred && id === organisationId)) redirect('/profile')
  return ctx
}

/**
 * For the frame of pages, which shows even where a page does not: the chosen organisation or the first; null for a member of none.
 * Asked once per request.
 */
export const currentOrganisation: () => Promise<OrganisationContext | null> = cache(async () => {
  const { member, caller } = await whoCalls()
  const chosen = await chosenOrganisation()
  // A choice that is no membership any more is none.
  const context = chosen === undefined ? null : await orNone(organisationContextOf(member.id, caller, chosen))
  return context ?? orNone(organisationContextOf(member.id, caller))
})

async function organisationHere(): Promise<OrganisationContext> {
  return (await currentOrganisation()) ?? redirect('/new-organisation')
}

/** A page and its layouts ask for the same one; a page that is made after an action asks anew. */
const projectHere: (slug: string) => Promise<ManagementContext> = cache(async (slug) => {
  const { member, caller } = await whoCalls()
  const context = await orNone(projectContextOf(member.id, slug, caller))
  if (context) return context
  const own = await currentOrganisation()
  // Not waited for: how long the answer takes must not tell whether such a project exists.
  if (own) void recordTrespass(own, slug)
  notFound()
})

async function whoCalls(): Promise<{ member: CurrentMember; caller: Caller }> {
  const member = await requireSignedIn()
  return { member, caller: { address: await callersAddress(), recentlyAuthenticated: member.recentlyAuthenticated } }
}

async function orNone<Context>(asked: Promise<Context>): Promise<Context | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ManagementError && error.code === 'not_found') return null
    throw error
  }
}
