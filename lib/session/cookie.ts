import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { env } from '#lib/env.ts'
import { SESSION_SECONDS, type SessionKey } from '#lib/management/account/session.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The dashboard lives on one host alone, and `__Host-` keeps its session there: no project's subdomain can set or receive it.
 * No cookie of ours may begin with this name: next-auth would take it for a further piece of the session.
 */
export const sessionCookie = () => ({
  name: env().secureCookies ? '__Host-gatehouse-member' : 'gatehouse-member',
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure: env().secureCookies } as const,
})

/** What the cookie holds, sealed: the same that next-auth's own sign-in sets. The row says whether it still counts. */
export const sealSession = ({ memberId, sessionId }: SessionKey): Promise<string> =>
  encode({ token: { sub: memberId, sid: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS })

/** Null for what is no seal of ours: anybody can send a cookie that does not open. */
export async function openSessionCookie(): Promise<SessionKey | null> {
  const jar = await cookies()
  const token = jar.get(sessionCookie().name)?.value
  if (token === undefined) return null
  return keyOf(await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null))
}

/** The session a sealed token names; null when it names none. */
export function keyOf(token: { readonly sub?: unknown; readonly sid?: unknown } | null): SessionKey | null {
  const { sub, sid } = token ?? {}
  return typeof sub === 'string' && typeof sid === 'string' && UUID.test(sub) && UUID.test(sid) ? { memberId: sub, sessionId: sid } : null
}

/** Server actions and route handlers only. */
export async function setSessionCookie(key: SessionKey): Promise<void> {
  const { name, options } = sessionCookie()
  const [jar, value] = [await cookies(), await sealSession(key)]
  jar.set(name, value, { ...options, maxAge: SESSION_SECONDS })
}

/** Server actions and route handlers only. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}
