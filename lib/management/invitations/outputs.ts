import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const listedInvitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  status: z.enum(['accepted', 'expired', 'open', 'revoked']),
  invitedBy: z.string().nullable().describe('Null for a program and for somebody whose account is gone'),
  createdAt: z.date(),
  expiresAt: z.date(),
})

export const listInvitationsOutput = z.object({ invitations: z.array(listedInvitation), nextCursor })

export const createInvitationOutput = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  expiresAt: z.date(),
  link: z.string().describe('For handing over by other ways than mail'),
  mailed: z.boolean().describe('A mail is on its way; false where this installation sends none'),
})

export const resendInvitationOutput = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  expiresAt: z.date(),
  link: z.string().describe('For handing over by other ways than mail'),
  mailed: z.boolean().describe('A mail is on its way; false where this installation sends none'),
})
