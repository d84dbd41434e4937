import { flushCounters } from '#lib/audit/stream.ts'
import { prune } from '#lib/db/prune.ts'
import { purgeDeleted } from '#lib/db/purge.ts'
import { rotateDueKeys } from '#lib/keys/rotate-due.ts'
import { recheckDomains } from '#lib/management/domains/recheck.ts'
import { rollUpEveryProject } from '#lib/management/usage/roll-up.ts'
import { errorText } from './error-text.ts'

const EVERY_MS = 5 * 60_000

/** One after the other, the roll-up before what it counts is purged; one that fails keeps no other from its turn. */
const CHORES: Readonly<Record<string, () => Promise<unknown>>> = {
  'usage roll-up': rollUpEveryProject,
  prune,
  'deleted projects': purgeDeleted,
  'key rotation': rotateDueKeys,
  'custom domains': () => recheckDomains(),
}

export type Housekeeping = {
  /** Waits for the run under way and writes what was only counted so far. */
  stop(): Promise<void>
}

/**
 * Deletes what has expired and does what is due, every few minutes. Each instance does it at a moment of its own: the first run comes at random within the
 * period, so that instances started together do not sweep together.
 */
export function startHousekeeping(): Housekeeping {
  let run: Promise<void> | undefined
  let timer = setTimeout(tick, Math.random() * EVERY_MS).unref()

  function tick(): void {
    run = doChores().finally(() => {
      timer = setTimeout(tick, EVERY_MS).unref()
    })
  }

  return {
    async stop() {
      clearTimeout(timer)
      await run
      clearTimeout(timer)
      await flushCounters()
    },
  }
}

async function doChores(): Promise<void> {
  for (const [name, chore] of Object.entries(CHORES)) {
    try {
      await chore()
    } catch (error) {
      console.error(`housekeeping: ${name}: ${errorText(error)}`)
    }
  }
}
