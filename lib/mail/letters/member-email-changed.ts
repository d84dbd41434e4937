import type { Letter } from '../letter.ts'

/** To the address that a member left. The new one is not named: this one may be in other hands. */
export const memberEmailChanged = (): Letter => ({
  kind: 'member-email-changed',
  subject: 'The address of your Gatehouse account was changed',
  opening: ['Your account at the dashboard uses another e-mail address now. Mail about it no longer comes here.'],
  code: null,
  link: null,
  closing: ['It was not you? Tell an owner of your organisation, or whoever runs this installation, at once.'],
})
