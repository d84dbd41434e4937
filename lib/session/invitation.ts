import { cookies } from 'next/headers'
import { env } from '#lib/env.ts'
import { findInvitation, type OpenInvitation } from '#lib/management/invitations/find.ts'

const HOUR_SECONDS = 3_600
const COOKIE = 'invitation'

const options = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: env().secureCookies }) as const

/** Keeps the link while somebody logs in, in whatever way: it stands in no further URL. Server actions only. */
export async function keepInvitation(token: string): Promise<void> {
  const jar = await cookies()
  jar.set(COOKIE, token, { ...options(), maxAge: HOUR_SECONDS })
}

/** The link this browser keeps; empty for none. */
export async function keptInvitation(): Promise<string> {
  const jar = await cookies()
  return jar.get(COOKIE)?.value ?? ''
}

/** Server actions only. */
export async function forgetInvitation(): Promise<void> {
  const jar = await cookies()
  jar.set(COOKIE, '', { ...options(), maxAge: 0 })
}

/** What is waiting for an answer in this browser; null: nothing, or it counts no more. */
export async function waitingInvitation(): Promise<OpenInvitation | null> {
  const token = await keptInvitation()
  return token === '' ? null : findInvitation(token)
}
