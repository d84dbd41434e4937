import type { Letter } from '../letter.ts'

/** To a member of the dashboard. `hours`: how long the link counts. */
export const memberVerifyEmail = ({ href, hours }: { href: string; hours: number }): Letter => ({
  kind: 'member-verify-email',
  subject: 'Confirm your address for Gatehouse',
  opening: ['An account at the dashboard was made with this address. Confirm that it is yours.'],
  code: null,
  link: { label: 'Confirm this address', href },
  closing: [`The link counts once, for ${hours} hours.`, 'You did not make an account? Then do nothing.'],
})
