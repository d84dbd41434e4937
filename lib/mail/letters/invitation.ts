import type { Letter } from '../letter.ts'

type Of = {
  readonly organisation: string
  /** Null: a program asked. */
  readonly inviter: string | null
  /** As a sentence goes on: `an admin`. */
  readonly role: string
  readonly href: string
  readonly days: number
}

/** To a member to be; the dashboard speaks English. */
export const invitation = ({ organisation, inviter, role, href, days }: Of): Letter => ({
  kind: 'invitation',
  subject: `You are invited to ${organisation}`,
  opening: [`${inviter ?? 'Somebody'} invites you to ${organisation} on Gatehouse, as ${role}.`],
  code: null,
  link: { label: 'See the invitation', href },
  closing: [
    `The link counts for ${days} days, once, and for this address. A newer one replaces it.`,
    'If you do not know who sent it, do nothing: you join nothing until you accept.',
  ],
})
