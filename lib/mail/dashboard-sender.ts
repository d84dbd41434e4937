import { env } from '#lib/env.ts'
import type { Sender } from './letter.ts'

/** Mail to members is the installation's own and wears no project's colours. `logId`: of the organisation whose counters tell of it. */
export const dashboardSender = (logId: string): Sender => ({
  projectId: logId,
  projectName: 'Gatehouse',
  issuerUrl: env().BASE_URL,
  brand: { accentColor: null, logoHash: null, supportUrl: null, policyUrl: null, termsUrl: null },
  locale: 'en',
})
