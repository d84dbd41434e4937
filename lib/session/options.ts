import type { NextAuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import { env } from '#lib/env.ts'
import { ManagementError } from '#lib/management/context.ts'
import { type AuthenticatedMember, authenticateMember } from '#lib/management/members/authenticate.ts'
import { addressFrom } from './address.ts'
import { SESSION_SECONDS, sessionCookie } from './cookie.ts'

declare module 'next-auth' {
  interface User {
    signedInAt: number
  }
  interface Session {
    /** `signedInAt`: milliseconds since the epoch, on the database's clock. */
    user: { id: string; email: string; name: string; signedInAt: number }
  }
}

/**
 * next-auth for members. JWT sessions, because credentials allow no other and members are rows of ours; what ends them
 * early is `member.sessions_from`, asked at each use (require-member.ts).
 */
export const sessionOptions = (): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  useSecureCookies: env().secureCookies,
  cookies: { sessionToken: sessionCookie() },
  // Anybody can send a cookie that does not open: it is nobody's, and no line in a log. Details may hold what was sent.
  logger: { error: (code) => code !== 'JWT_SESSION_ERROR' && console.error(`next-auth: ${code}`), warn: () => {} },
  pages: { signIn: '/login', signOut: '/login', error: '/login' },
  providers: [
    {
      id: 'credentials',
      name: 'Password',
      type: 'credentials',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: async (credentials, request) => {
        const address = addressFrom((name) => request.headers?.[name])
        const member = await authenticateMember({ email: credentials?.email ?? '', password: credentials?.password ?? '' }, address).catch(
          refuseShortly,
        )
        return member && { id: member.id, email: member.email, name: member.name, signedInAt: member.signedInAt.getTime() }
      },
    },
  ],
  callbacks: {
    jwt: ({ token, user }) =>
      user ? { sub: user.id, email: user.email ?? null, name: user.name ?? null, signedInAt: user.signedInAt } : token,
    session: ({ session, token }) => ({
      expires: session.expires,
      user: {
        id: token.sub ?? '',
        email: token.email ?? '',
        name: token.name ?? '',
        signedInAt: typeof token.signedInAt === 'number' ? token.signedInAt : 0,
      },
    }),
  },
})

/** What the session cookie holds, sealed; the same as after next-auth's own sign-in. */
export const sessionToken = (member: AuthenticatedMember): JWT => ({
  sub: member.id,
  email: member.email,
  name: member.name,
  signedInAt: member.signedInAt.getTime(),
})

/** next-auth puts the message into a URL: a code and nothing else. */
function refuseShortly(error: unknown): never {
  throw error instanceof ManagementError ? new Error(error.code) : error
}
