import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const listedMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  joinedAt: z.date(),
  lastSignInAt: z.date().nullable(),
  secondFactor: z.boolean().describe('An authenticator app or a passkey'),
  apiKeyCount: z.int().describe('Their API keys that count, which end with them'),
  invitationCount: z.int().describe('Their invitations that wait for an answer, which end with them'),
})

export const listMembersOutput = z.object({ members: z.array(listedMember), nextCursor })
