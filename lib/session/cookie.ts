import { env } from '#lib/env.ts'

/** A week without a visit ends a session. */
export const SESSION_SECONDS = 7 * 86_400

/**
 * The dashboard lives on one host alone, and `__Host-` keeps its session there: no project's subdomain can set or receive it.
 * No cookie of ours may begin with this name: next-auth would take it for a further piece of the session.
 */
export const sessionCookie = () => ({
  name: env().secureCookies ? '__Host-gatehouse-member' : 'gatehouse-member',
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure: env().secureCookies } as const,
})
