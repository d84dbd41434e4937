import type { Letter } from '../letter.ts'

/** In the place of the link that confirms an address: it has an account. Only whoever reads its mail learns that. */
export const memberAddressTaken = ({ href }: { href: string }): Letter => ({
  kind: 'member-address-taken',
  subject: 'This address has an account at Gatehouse',
  opening: [
    'Somebody, you we hope, wanted to use this address for another account at the dashboard. It has one already, so nothing was changed.',
  ],
  code: null,
  link: { label: 'Log in', href },
  closing: ['You did not ask? Then do nothing.'],
})
