import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createUser } from './create.ts'
import { disableUser } from './disable.ts'

const PASSWORD = 'correct horse battery'

async function newUser(ctx: ManagementContext): Promise<string> {
  const { id } = await createUser(ctx, { email: `${unique('user')}@example.com`, password: PASSWORD })
  return id
}

const byId = { input: async ({ ctx }: { ctx: ManagementContext }) => ({ userId: await newUser(ctx) }), byId: true } as const

export const userSamples: Samples = {
  listUsers: { input: async () => ({ status: 'active' }) },
  createUser: { input: async () => ({ email: `${unique('user')}@example.com`, password: PASSWORD }) },
  getUser: byId,
  setUserAttributes: { input: async ({ ctx }) => ({ userId: await newUser(ctx), attributes: { plan: 'pro' } }), byId: true },
  updateUser: {
    input: async ({ ctx }) => ({ userId: await newUser(ctx), name: 'Ann', email: `${unique('user')}@example.com`, emailVerified: true }),
    byId: true,
  },
  verifyUserEmail: byId,
  disableUser: byId,
  enableUser: {
    input: async ({ ctx }) => {
      const userId = await newUser(ctx)
      await disableUser(ctx, { userId })
      return { userId }
    },
    byId: true,
  },
  disableUsers: { input: async ({ ctx }) => ({ userIds: [await newUser(ctx)] }), byId: true },
  enableUsers: {
    input: async ({ ctx }) => {
      const userId = await newUser(ctx)
      await disableUser(ctx, { userId })
      return { userIds: [userId] }
    },
    byId: true,
  },
  signOutUser: byId,
  sendPasswordReset: byId,
  deleteUser: byId,
}
