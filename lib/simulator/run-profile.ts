import { randomInt } from 'node:crypto'
import { authorize } from './authorization.ts'
import { discover, findIssuer } from './discovery.ts'
import { identify } from './identity.ts'
import type { Profile } from './profile.ts'
import type { Run, RunOptions } from './run.ts'
import { speakerFor } from './tokens.ts'
import type { TraceStep } from './trace.ts'
import { Wire } from './wire.ts'

/** What the client had in hand before it gave it back. */
export type Connection = {
  readonly clientId: string
  readonly redirectUri: string
  readonly accessToken: string
  readonly scope: readonly string[]
}

/**
 * Walks from discovery to tokens, refreshes and disconnects exactly as that client does, yielding each step when it is over.
 * Throws `ProfileFailure` where the client would give up; the step that failed is yielded before.
 */
export async function* runProfile(profile: Profile, options: RunOptions): AsyncGenerator<TraceStep, Connection, void> {
  const wire = new Wire(profile, options.fetch)
  const redirectUri = profile.authorization.redirectUri.replace('{port}', String(randomInt(49_152, 65_536)))
  const run: Run = { profile, options, wire, redirectUri }
  try {
    const resource = await findIssuer(run)
    yield* wire.fresh()
    const metadata = await discover(run)
    yield* wire.fresh()
    const client = await identify(metadata, run)
    yield* wire.fresh()
    const authorized = await authorize(resource, metadata, client, run)
    yield* wire.fresh()

    const speaker = speakerFor(metadata, client, run)
    const first = await speaker.redeem(authorized)
    yield* wire.fresh()
    const renewed = await speaker.refresh(first, authorized)
    yield* wire.fresh()
    await speaker.revoke(renewed)
    yield* wire.fresh()
    return { clientId: client.clientId, redirectUri, accessToken: renewed.access, scope: renewed.scope }
  } catch (error) {
    yield* wire.fresh()
    throw error
  }
}
