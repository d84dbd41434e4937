import { cookies } from 'next/headers'
import { encode } from 'next-auth/jwt'
import { env } from '#lib/env.ts'
import { authenticateMember } from '#lib/management/members/authenticate.ts'
import type { AuthenticateMemberInput } from '#lib/management/members/inputs.ts'
import { SESSION_SECONDS, sessionCookie } from './cookie.ts'
import { sessionToken } from './options.ts'
import { callersAddress } from './require-member.ts'

/**
 * Signs in from a form that works without JavaScript: the cookie is the one next-auth would have set.
 * Server actions and route handlers only. False: no member has these credentials. Throws `too_many_requests`.
 */
export async function signInMember(credentials: AuthenticateMemberInput): Promise<boolean> {
  const member = await authenticateMember(credentials, await callersAddress())
  if (!member) return false
  const { name, options } = sessionCookie()
  const value = await encode({ token: sessionToken(member), secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS })
  const jar = await cookies()
  jar.set(name, value, { ...options, maxAge: SESSION_SECONDS })
  return true
}

/** Ends the session in this browser. Server actions and route handlers only. */
export async function signOutMember(): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}
