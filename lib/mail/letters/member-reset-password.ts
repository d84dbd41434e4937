import type { Letter } from '../letter.ts'

/** To a member of the dashboard. `minutes`: how long the link counts. */
export const memberResetPassword = ({ href, minutes }: { href: string; minutes: number }): Letter => ({
  kind: 'member-reset-password',
  subject: 'Choose a new password for Gatehouse',
  opening: ['Somebody, you we hope, asked to choose a new password for your account at the dashboard.'],
  code: null,
  link: { label: 'Choose a new password', href },
  closing: [
    `The link counts once, for ${minutes} minutes. The new password ends every session of your account.`,
    'You did not ask? Then do nothing: your password stays as it is.',
  ],
})
