import { newMember } from '../fixtures.ts'
import type { Samples } from '../samples.ts'

export const memberSamples: Samples = {
  listMembers: { input: async () => ({}) },
  changeMemberRole: {
    input: async ({ owner }) => ({ memberId: await newMember('developer', owner.organisation.id), role: 'viewer' }),
    byId: true,
  },
  removeMember: { input: async ({ owner }) => ({ memberId: await newMember('developer', owner.organisation.id) }), byId: true },
}
