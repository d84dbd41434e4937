import { read } from '#lib/db/transaction.ts'
import { invalid, type OrganisationContext, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { parseInput } from '../parse.ts'
import { type ListMembersInput, listMembersInput } from './inputs.ts'

export type ListedMember = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly joinedAt: Date
  readonly lastSignInAt: Date | null
  /** An authenticator app or a passkey. */
  readonly secondFactor: boolean
  /** What ends with them: their API keys that count, and invitations of theirs that wait for an answer. */
  readonly apiKeyCount: number
  readonly invitationCount: number
}

/** What rows are sorted by, as SQL: text, or microseconds since the epoch, which is all that the database knows of a moment. */
const KEYS = {
  name: 'lower(m.name)',
  joinedAt: '(extract(epoch FROM s.created_at) * 1000000)::bigint',
  lastSignInAt: '(extract(epoch FROM coalesce(m.last_sign_in_at, to_timestamp(0))) * 1000000)::bigint',
} as const

type Row = ListedMember & { readonly key: string | bigint }

/** Members of the organisation. Throws `forbidden`, `invalid`. */
export async function listMembers(
  ctx: OrganisationContext,
  input: ListMembersInput = {},
): Promise<{ members: ListedMember[]; nextCursor: string | null }> {
  requirePermission(ctx, 'member:read')
  const { query, role, sort, cursor, take } = parseInput(listMembersInput, input)
  const descending = sort.startsWith('-')
  const by = (descending ? sort.slice(1) : sort) as keyof typeof KEYS
  const values: unknown[] = [ctx.organisation.id, take + 1]
  const value = (given: unknown): string => `$${values.push(given)}`

  const conditions = ['s.organisation_id = $1::uuid']
  if (role !== undefined) conditions.push(`s.role = ${value(role)}`)
  if (query) {
    const part = `${value(`%${query.replace(/[\\%_]/g, '\\$&')}%`)}`
    conditions.push(`(m.name ILIKE ${part} OR m.email ILIKE ${part})`)
  }
  if (cursor !== undefined) {
    const { key, id } = placeIn(by, cursor)
    const type = by === 'name' ? 'text' : 'bigint'
    conditions.push(`(${KEYS[by]}, m.id) ${descending ? '<' : '>'} (${value(key)}::${type}, ${value(id)}::uuid)`)
  }
  const direction = descending ? 'DESC' : 'ASC'
  const text = `
    SELECT m.id, m.name, m.email, s.role, s.created_at AS "joinedAt", m.last_sign_in_at AS "lastSignInAt", ${KEYS[by]} AS key,
      (m.totp_confirmed_at IS NOT NULL OR EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id)) AS "secondFactor",
      (SELECT count(*)::int FROM api_key k WHERE k.organisation_id = s.organisation_id AND k.created_by = m.id
        AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())) AS "apiKeyCount",
      (SELECT count(*)::int FROM invitation i WHERE i.organisation_id = s.organisation_id AND i.invited_by = m.id
        AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()) AS "invitationCount"
    FROM membership s JOIN member m ON m.id = s.member_id WHERE ${conditions.join(' AND ')}
    ORDER BY ${KEYS[by]} ${direction}, m.id ${direction} LIMIT $2::int`

  const rows = await read((db) => db.$queryRawUnsafe<Row[]>(text, ...values))
  const page = rows.slice(0, take)
  const last = page.at(-1)
  const next = rows.length > take && last ? cursorOf(typeof last.key === 'bigint' ? Number(last.key) : last.key, last.id) : null
  return { members: page.map(({ key: _, ...member }) => member), nextCursor: next }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A cursor of another order is one too, and finds no place here. */
function placeIn(by: keyof typeof KEYS, cursor: string): { key: string | number; id: string } {
  const [key, id] = placeOf(cursor, 2)
  const fits = by === 'name' ? typeof key === 'string' : typeof key === 'number' && Number.isSafeInteger(key)
  if (!fits || key === null || key === undefined || typeof id !== 'string' || !UUID.test(id))
    throw invalid({ cursor: 'This is not a cursor of this list' })
  return { key, id }
}
