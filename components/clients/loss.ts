import type { ClientDetails } from '#lib/management/clients/get.ts'
import { counted } from '../ui/counted.ts'

type Users = Pick<ClientDetails, 'name' | 'userCount' | 'activeUserCount'>

/** Whom it costs: "12 users of Claude will be signed out, 3 active in the last 7 days." */
export function lossOf({ name, userCount, activeUserCount }: Users, what: 'signed out' | 'locked out'): string {
  if (userCount === 0) return 'No user is connected through it now.'
  return `${counted(userCount, 'user')} of ${name} will be ${what}, ${activeUserCount.toLocaleString('en')} active in the last 7 days.`
}
