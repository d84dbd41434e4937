import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { env } from '#lib/env.ts'
import { organisationsOf } from '#lib/management/organisations/of-member.ts'

const YEAR_SECONDS = 31_536_000
const COOKIE = 'organisation'
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The organisation this browser last worked in; a wish, which each use holds against the memberships. Undefined for none. */
export async function chosenOrganisation(): Promise<string | undefined> {
  const jar = await cookies()
  const id = jar.get(COOKIE)?.value ?? ''
  return UUID.test(id) ? id : undefined
}

/** Server actions only. The 404 page for an organisation that is not the member's. */
export async function chooseOrganisation(memberId: string, organisationId: string): Promise<void> {
  const own = await organisationsOf(memberId)
  if (!own.some(({ id }) => id === organisationId)) notFound()
  const jar = await cookies()
  jar.set(COOKIE, organisationId, { httpOnly: true, sameSite: 'lax', path: '/', secure: env().secureCookies, maxAge: YEAR_SECONDS })
}
