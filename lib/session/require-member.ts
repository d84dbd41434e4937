import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, ManagementError, type OrganisationContext } from '#lib/management/context.ts'
import { organisationContextOf, projectContextOf } from '#lib/management/members/contexts.ts'
import { addressFrom } from './address.ts'
import { sessionOptions } from './options.ts'

export type CurrentMember = { readonly id: string; readonly email: string; readonly name: string }

/** Who is signed in; null for nobody, and for a session that began before `member.sessions_from`. Asked once per request. */
export const currentMember: () => Promise<CurrentMember | null> = cache(async () => {
  const session = await getServerSession(sessionOptions())
  if (!session) return null
  const { id, signedInAt } = session.user
  const member = await read((db) =>
    db.member.findUnique({ where: { id }, select: { id: true, email: true, name: true, sessionsFrom: true } }),
  )
  if (!member || member.sessionsFrom.getTime() > signedInAt) return null
  return { id: member.id, email: member.email, name: member.name }
})

/** The signed-in member in the first organisation; goes to /login when nobody is signed in. */
export function requireMember(): Promise<OrganisationContext>
/** The same in one project; the 404 page for unknown projects and for those of others. */
export function requireMember(slug: string): Promise<ManagementContext>
export async function requireMember(slug?: string): Promise<OrganisationContext | ManagementContext> {
  const member = await currentMember()
  if (!member) redirect('/login')
  const address = await callersAddress()
  try {
    return slug === undefined ? await organisationContextOf(member.id, address) : await projectContextOf(member.id, slug, address)
  } catch (error) {
    if (error instanceof ManagementError && error.code === 'not_found') notFound()
    throw error
  }
}

/** For verbs that are called before there is a context: signing in and up. */
export async function callersAddress(): Promise<string | undefined> {
  const sent = await headers()
  return addressFrom((name) => sent.get(name))
}
