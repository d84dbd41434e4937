import { env } from '#lib/env.ts'
import { dashboardSender } from '#lib/mail/dashboard-sender.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { invitation } from '#lib/mail/letters/invitation.ts'
import { postMail } from '#lib/mail/outbox.ts'
import type { OrganisationContext } from '../context.ts'
import { memberNamesOf } from '../names.ts'
import { mailedInvitation } from './token.ts'

export const INVITATION_DAYS = 7

/** The link is here once: only a hash of it is kept. */
export type SentInvitation = {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly expiresAt: Date
  /** For handing over by other ways than mail. */
  readonly link: string
  /** A mail is on its way; false where this installation sends none. */
  readonly mailed: boolean
}

/** Where mail is sent, only the mailed link makes accounts. */
export const invitationsAreMailed = (): boolean => mailDelivery() !== 'none'

type Kept = { readonly id: string; readonly email: string; readonly role: string; readonly expiresAt: Date }

/** After the transaction: the mail, if there is any, and what the inviter is shown. */
export async function sendInvitation(ctx: OrganisationContext, kept: Kept, token: string): Promise<SentInvitation> {
  const mailed = invitationsAreMailed()
  if (mailed) {
    const inviter = (await memberNamesOf([ctx.actor.kind === 'member' ? ctx.actor.id : null])).get(ctx.actor.id) ?? null
    const href = linkOf(mailedInvitation(token))
    const words = { organisation: ctx.organisation.name, inviter, role: withArticle(kept.role), href, days: INVITATION_DAYS }
    postMail(dashboardSender(ctx.organisation.id), kept.email, invitation(words))
  }
  return { ...kept, link: linkOf(token), mailed }
}

const linkOf = (token: string): string => `${env().BASE_URL}/invitation?token=${token}`

const withArticle = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`
