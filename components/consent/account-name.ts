import type { Words } from '#lib/words/en.ts'

/** What a person is called on their pages: whoever came from a provider may have no address. */
export const accountName = ({ email, name }: { email: string | null; name: string | null }, words: Words): string =>
  email ?? name ?? words.someUser
