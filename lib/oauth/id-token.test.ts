import { expect, it } from 'vitest'
import type { OAuthContext } from './context.ts'
import { userClaims } from './id-token.ts'
import type { Person } from './store.ts'

const claimsOf = (person: Person, ...scopes: string[]) =>
  userClaims('user_1', scopes, { store: { findPerson: async () => person } } as unknown as OAuthContext)

it('says no address of whoever has none, and neither that it is verified', async () => {
  expect(await claimsOf({ email: null, emailVerified: false, name: 'Uma' }, 'email', 'profile')).toEqual({ name: 'Uma' })
  expect(await claimsOf({ email: 'u@example.com', emailVerified: true, name: null }, 'email', 'profile')).toEqual({
    email: 'u@example.com',
    email_verified: true,
  })
})
