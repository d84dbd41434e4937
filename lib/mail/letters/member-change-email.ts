import type { Letter } from '../letter.ts'

/** To the new address of a member of the dashboard. `minutes`: how long the link counts. */
export const memberChangeEmail = ({ href, minutes }: { href: string; minutes: number }): Letter => ({
  kind: 'member-change-email',
  subject: 'Confirm your new address for Gatehouse',
  opening: ['Somebody, you we hope, wants to use this address for their account at the dashboard. Confirm it where you are logged in.'],
  code: null,
  link: { label: 'Confirm this address', href },
  closing: [`The link counts once, for ${minutes} minutes.`, 'You did not ask? Then do nothing: the account keeps its address.'],
})
