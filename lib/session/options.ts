import type { Account, NextAuthOptions, Profile } from 'next-auth'
import { addressFrom } from '#lib/caller-address.ts'
import { env } from '#lib/env.ts'
import { signOut } from '#lib/management/account/end-session.ts'
import {
  enterByProvider,
  linkProvider,
  memberOfIdentity,
  type ProviderProblem,
  type ProviderProfile,
} from '#lib/management/account/identity.ts'
import { PROVIDERS, type ProviderId } from '#lib/management/account/inputs.ts'
import { renewSession } from '#lib/management/account/prove.ts'
import { hasSecondFactorCode } from '#lib/management/account/second-factor.ts'
import { findSession, openSession, SESSION_SECONDS } from '#lib/management/account/session.ts'
import { ManagementError } from '#lib/management/context.ts'
import { authenticateMember } from '#lib/management/members/authenticate.ts'
import { type Claims, profileFrom } from './claims.ts'
import { keyOf, sessionCookie } from './cookie.ts'
import { callersAddress, callersDevice } from './device.ts'
import { configured } from './providers.ts'
import { accountContext, currentMember } from './require-member.ts'

declare module 'next-auth' {
  interface User {
    /** Of the session that was opened for them; a provider's person has none yet. */
    sid?: string
  }
}

/**
 * next-auth for members. JWT sessions, because credentials allow no other and members are rows of ours: the cookie names a row of
 * `member_session`, which is asked at each use (require-member.ts).
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
        const device = { address: addressFrom((name) => request.headers?.[name]), userAgent: request.headers?.['user-agent'] }
        const { email = '', password = '' } = credentials ?? {}
        const member = await authenticateMember({ email, password }, device.address).catch(refuseShortly)
        if (!member) return null
        const { sessionId } = await openSession(member.id, { way: 'password', awaitsSecondFactor: member.hasSecondFactor }, device)
        return { id: member.id, sid: sessionId }
      },
    },
    ...configured(),
  ],
  callbacks: {
    signIn: ({ account, profile }) => (account?.type === 'oauth' ? admit(account, profile) : true),
    jwt: async ({ token, user, account }) => {
      if (account?.type === 'oauth') return openForIdentity(account)
      if (user) return { sub: user.id, sid: user.sid }
      const key = keyOf(token)
      return key && (await findSession(key)) ? { sub: key.memberId, sid: key.sessionId } : {}
    },
    session: ({ session }) => ({ expires: session.expires }),
    redirect: ({ url }) => ownPage(url),
  },
  events: {
    signOut: async ({ token }) => {
      const key = keyOf(token)
      if (key) await signOut(key)
    },
  },
})

/** A page of ours, whatever was asked for. */
export function ownPage(asked: string): string {
  const { BASE_URL } = env()
  const home = `${BASE_URL}/projects`
  try {
    const url = new URL(asked, BASE_URL)
    return url.origin === BASE_URL ? url.href : home
  } catch {
    return home
  }
}

const isProvider = (id: string): id is ProviderId => (PROVIDERS as readonly string[]).includes(id)

/** What a provider says who it is: true opens a session, an address leads there without one. */
async function admit(account: Account, claims: Profile | undefined): Promise<boolean | string> {
  const { provider } = account
  if (!isProvider(provider) || !claims?.sub) return false
  const profile = profileFrom(provider, claims as Claims)
  const member = await currentMember()
  if (member) return ownPage(await comeBack(profile, member.id))
  const entered = await enterByProvider(profile, await callersAddress()).catch(refuseShortly)
  return typeof entered === 'string' ? ownPage(`/login?${new URLSearchParams({ problem: entered, provider })}`) : true
}

/** A member who is signed in: one whom the provider knows has shown that it is still them, and another person there is linked. */
async function comeBack(profile: ProviderProfile, memberId: string): Promise<string> {
  const ctx = await accountContext()
  const known = await memberOfIdentity(profile)
  if (known === memberId) {
    await renewSession(ctx)
    return '/profile?done=confirmed'
  }
  const outcome: 'linked' | ProviderProblem = known === null ? await linkProvider(ctx, profile) : 'linked_elsewhere'
  const query = outcome === 'linked' ? { done: outcome } : { problem: outcome, provider: profile.provider }
  return `/profile?${new URLSearchParams(query)}`
}

/** Somebody whom `admit` let in. A provider is one factor: the second one is asked for where there is one. */
async function openForIdentity({ provider, providerAccountId }: Account): Promise<{ sub: string; sid: string }> {
  const device = await callersDevice()
  const person = isProvider(provider) ? profileFrom(provider, { sub: providerAccountId }) : null
  const memberId = person && (await memberOfIdentity(person))
  if (!person || memberId === null) throw new Error('nobody')
  const { sessionId } = await openSession(
    memberId,
    { way: person.provider, awaitsSecondFactor: await hasSecondFactorCode(memberId) },
    device,
  )
  return { sub: memberId, sid: sessionId }
}

/** next-auth puts the message into a URL: a code and nothing else. */
function refuseShortly(error: unknown): never {
  throw error instanceof ManagementError ? new Error(error.code) : error
}
