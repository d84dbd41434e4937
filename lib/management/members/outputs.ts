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
})

export const listMembersOutput = z.object({ members: z.array(listedMember), nextCursor })
