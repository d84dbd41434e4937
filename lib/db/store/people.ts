import type { OAuthStore, Person } from '#lib/oauth/store.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

const FIND_PERSON = `
  SELECT email, email_verified_at IS NOT NULL AS "emailVerified", name FROM end_user WHERE project_id = $1::uuid AND id = $2`

export const people = ({ projectId }: StoreContext): Pick<OAuthStore, 'findPerson'> => ({
  findPerson: async (userId) => (await repeatable<Person>('find_person', FIND_PERSON, [projectId, userId])).rows[0] ?? null,
})
