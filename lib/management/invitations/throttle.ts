import { RateLimiterMemory } from 'rate-limiter-flexible'
import { takeOne } from '../members/throttle.ts'

/** Mail to addresses that somebody types in: enough for a company's first day, too little for a campaign. */
const perOrganisation = new RateLimiterMemory({ keyPrefix: 'invitation', points: 100, duration: 3600 })

/** Counts one invitation. Throws `too_many_requests`. */
export const countInvitation = (organisationId: string): Promise<void> => takeOne(perOrganisation, organisationId)
