import type { ListedUser } from '#lib/management/users/list.ts'

/** Whoever has no address is called by name. */
export const calledBy = ({ email, name, id }: Pick<ListedUser, 'email' | 'name' | 'id'>): string => email ?? name ?? id
