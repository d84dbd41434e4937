import { randomBytes } from 'node:crypto'
import { env } from '#lib/env.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { type AskText, textRecords } from '#lib/outbound/text-records.ts'

/** Where the proof of a host lies: a name of its own, so that it is in nobody's way. */
export const recordNameOf = (host: string): string => `_gatehouse.${host}`

/** 256 random bits, public from the moment they are in the DNS: they say which project's claim the owner of the host means. */
export const newChallenge = (): string => `gatehouse-verification=${randomBytes(32).toString('base64url')}`

/** The scheme is BASE_URL's: an installation has one. */
export const customIssuer = (host: string): string => `${new URL(env().BASE_URL).protocol}//${host}`

/** Why a look proved nothing. `no_answer`: nobody could be asked, which says nothing about the record. */
export type RecordProblem = 'record_missing' | 'record_wrong' | 'no_answer'

/** Looks for the proof; null when it is there. Others may put their records beside it. */
export async function recordProblem(
  { host, challenge }: { readonly host: string; readonly challenge: string },
  ask?: AskText,
): Promise<RecordProblem | null> {
  try {
    const records = await textRecords(recordNameOf(host), ask)
    if (records.some((record) => record.trim() === challenge)) return null
    return records.length === 0 ? 'record_missing' : 'record_wrong'
  } catch (error) {
    if (error instanceof OutboundRefused) return 'no_answer'
    throw error
  }
}
