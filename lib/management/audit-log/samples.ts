import type { Samples } from '../samples.ts'
import { listAuditEvents } from './list.ts'

export const auditLogSamples: Samples = {
  listAuditEvents: { input: async () => ({ outcome: 'ok', take: 10 }) },
  tailAuditEvents: { input: async () => ({}) },
  getAuditEvent: {
    input: async ({ ctx }) => {
      const { events } = await listAuditEvents(ctx, { take: 1 })
      return { id: events[0]?.id }
    },
    byId: true,
  },
  exportAuditEvents: { input: async () => ({ step: 'manage' }) },
  groupErrors: { input: async () => ({ days: 7 }) },
}
