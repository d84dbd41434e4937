import { type Setting, unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createInvitation } from './create.ts'

const wanted = () => ({ email: `${unique('invited')}@example.com`, role: 'developer' }) as const

const invited = async ({ owner }: Setting): Promise<{ invitationId: string }> => ({
  invitationId: (await createInvitation(owner, wanted())).id,
})

export const invitationSamples: Samples = {
  listInvitations: { input: async () => ({}) },
  createInvitation: { input: async () => wanted() },
  resendInvitation: { input: invited, byId: true },
  revokeInvitation: { input: invited, byId: true },
}
