'use server'

import { type SearchHit, search } from '#lib/management/search-hits/find.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { word } from '../argument.ts'

const MAX_CHARACTERS = 200

/** For the command palette. What is too long to look for is not found. */
export async function findHitsAction(project: string, query: string): Promise<readonly SearchHit[]> {
  const ctx = await requireMember(word(project))
  const text = word(query).trim()
  return text === '' || text.length > MAX_CHARACTERS ? [] : (await search(ctx, { query: text })).hits
}
