import { Resolver } from 'node:dns/promises'
import { OutboundRefused } from './refused.ts'
import { isPrivateName } from './target.ts'

/** Each server is asked twice; with the usual two servers an answer takes eight seconds at most. */
const TIMEOUT_MS = 2_000
const TRIES = 2

/** What tests replace: the names of the world. Answers as `Resolver.resolveTxt`. */
export type AskText = (name: string) => Promise<string[][]>

/** A resolver of its own, so that neither `/etc/hosts` nor a cache of the operating system answers for the name's owner. */
const ask: AskText = (name) => new Resolver({ timeout: TIMEOUT_MS, tries: TRIES }).resolveTxt(name)

/** The world said that there is nothing; anything else is a failure of the way to it. */
const NOTHING = new Set(['ENODATA', 'ENOTFOUND', 'NXDOMAIN'])

/**
 * The TXT records of a name, each with its pieces joined (RFC 1035 §3.3.14); empty when it has none.
 * Throws `OutboundRefused`: `private_name` for one that is not of the public internet, `connection` when nobody could be asked.
 */
export async function textRecords(name: string, resolve: AskText = ask): Promise<string[]> {
  if (isPrivateName(name)) throw new OutboundRefused('private_name')
  try {
    return (await resolve(name)).map((pieces) => pieces.join(''))
  } catch (error) {
    if (NOTHING.has((error as { code?: string }).code ?? '')) return []
    throw new OutboundRefused('connection', error)
  }
}
