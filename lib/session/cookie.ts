import { env } from '#lib/env.ts'

/** A week without a visit ends a session. */
export const SESSION_SECONDS = 7 * 86_400

/** The dashboard lives on one host alone, and `__Host-` keeps its session there: no project's subdomain can set or receive it. */
export const sessionCookie = () => ({
  name: env().secureCookies ? '__Host-gatehouse-session' : 'gatehouse-session',
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure: env().secureCookies } as const,
})
