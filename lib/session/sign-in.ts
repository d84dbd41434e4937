import { answerSecondFactor } from '#lib/management/account/answer-second-factor.ts'
import { authenticatePasskey } from '#lib/management/account/authenticate-passkey.ts'
import { signOut } from '#lib/management/account/end-session.ts'
import { awaitsSecondFactor, openSession, type SessionKey } from '#lib/management/account/session.ts'
import { ManagementError } from '#lib/management/context.ts'
import { authenticateMember } from '#lib/management/members/authenticate.ts'
import type { AuthenticateMemberInput } from '#lib/management/members/inputs.ts'
import { clearSessionCookie, openSessionCookie, setSessionCookie } from './cookie.ts'
import { callersAddress, callersDevice } from './device.ts'

/**
 * Signs in from a form that works without JavaScript: the cookie is the one next-auth would have set. Server actions and route handlers
 * only. Null: no member has these credentials. Throws `too_many_requests`.
 */
export async function signInMember(credentials: AuthenticateMemberInput): Promise<'signed_in' | 'second_factor' | null> {
  const device = await callersDevice()
  const member = await authenticateMember(credentials, device.address)
  if (!member) return null
  const awaits = member.hasSecondFactor
  await setSessionCookie(await openSession(member.id, { way: 'password', awaitsSecondFactor: awaits }, device))
  return awaits ? 'second_factor' : 'signed_in'
}

/** `credential`: what the browser answered, as JSON. False: no member's passkey. Throws `too_many_requests`. */
export async function signInWithPasskey(credential: string): Promise<boolean> {
  const device = await callersDevice()
  const memberId = await authenticatePasskey(credential, device.address)
  if (memberId === null) return false
  await setSessionCookie(await openSession(memberId, { way: 'passkey', awaitsSecondFactor: false }, device))
  return true
}

/** The session of this browser that asks for the second factor; null: there is none. */
export async function halfOpenSession(): Promise<SessionKey | null> {
  const key = await openSessionCookie()
  return key && (await awaitsSecondFactor(key)) ? key : null
}

/** Throws `invalid`, `conflict`, `too_many_requests`. */
export async function enterSecondFactor(code: string): Promise<void> {
  const key = await halfOpenSession()
  if (!key) throw new ManagementError('conflict', 'Too much time has passed. Log in again.')
  await answerSecondFactor(key, { code }, await callersAddress())
  await setSessionCookie(key)
}

/** Ends the session in this browser. Server actions and route handlers only. */
export async function signOutMember(): Promise<void> {
  const key = await openSessionCookie()
  if (key) await signOut(key)
  await clearSessionCookie()
}
