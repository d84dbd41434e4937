import { flushCounters } from '#lib/audit/stream.ts'
import { prune } from '#lib/db/prune.ts'
import { errorText } from './error-text.ts'

const EVERY_MS = 5 * 60_000

export type Housekeeping = {
  /** Waits for the run under way and writes what was only counted so far. */
  stop(): Promise<void>
}

/**
 * Deletes what has expired, every few minutes. Each instance does it at a moment of its own: the first run comes at random within the
 * period, so that instances started together do not sweep together.
 */
export function startHousekeeping(): Housekeeping {
  let run: Promise<void> | undefined
  let timer = setTimeout(tick, Math.random() * EVERY_MS).unref()

  function tick(): void {
    run = prune()
      .then(() => undefined)
      .catch((error: unknown) => console.error(`housekeeping: ${errorText(error)}`))
      .finally(() => {
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
