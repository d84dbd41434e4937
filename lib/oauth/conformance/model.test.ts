import fc, { type RunDetails } from 'fast-check'
import { expect, it } from 'vitest'
import { ACTIONS } from './model/ledger.ts'
import { anything, begin, finish } from './model/run.ts'
import { conformance } from './suite.ts'
import { openTarget } from './target.ts'

/** Runs and steps by how long a step takes; `GATEHOUSE_RUNS` for more of them. */
const IN_PROCESS = { runs: 80, steps: 100 }
const OVER_HTTP = { runs: 5, steps: 40 }
const LIMIT_MS = 110_000

/** `GATEHOUSE_SEED`: a seed, or what a failure printed, which tells that failure again. */
function given(): { seed: number; path?: string; replayPath?: string } {
  const [seed = '', path, replayPath] = (process.env.GATEHOUSE_SEED || '20261121').split('|')
  return { seed: Number(seed), ...(path ? { path } : {}), ...(replayPath ? { replayPath } : {}) }
}

/** Throws with the shortest story that fails, and how to hear it again. */
function report<Story>(details: RunDetails<[Story]>): void {
  if (!details.failed) return
  const replayPath = /replayPath="([^"]*)"/.exec(String(details.counterexample?.[0]))?.[1] ?? ''
  const again = `GATEHOUSE_SEED='${details.seed}|${details.counterexamplePath ?? ''}|${replayPath}'`
  throw new Error(`${fc.defaultReportMessage(details)}\nTo see it again: ${again}`, { cause: details.errorInstance })
}

conformance('whatever happens to a project, in whatever order,', (subject) => {
  it(
    'I1 I2 I3 I4 I5 I7 I8 I9 I10 it does what a model of its promises says, and so does every token it ever handed out',
    async () => {
      const { target } = subject
      const inProcess = target.door === 'in-process'
      const { runs, steps } = inProcess ? IN_PROCESS : OVER_HTTP
      const { seed, path, replayPath } = given()
      const commands = fc.commands([anything(inProcess)], { maxCommands: steps, size: 'max', ...(replayPath ? { replayPath } : {}) })
      const told = new Set<string>()
      const happens = fc.asyncProperty(commands, async (story) => {
        // Each with secrets of its own, since every one of them is looked for in all that its project keeps.
        const own = inProcess ? await openTarget() : target
        const { model, real } = await begin(own)
        await fc.asyncModelRun(() => ({ model, real }), story)
        await finish(model, real)
        if (inProcess) expect(await own.leaks(), 'I6').toEqual([])
        for (const { action } of [...(await real.project.audit()), ...(await real.other.audit())]) told.add(action)
      })
      await fc.assert(happens, {
        ...{ seed, numRuns: Number(process.env.GATEHOUSE_RUNS || runs), reporter: report },
        ...(path ? { path } : {}),
        // It ends the shortening of a story, too.
        ...{ interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true },
      })
      if (inProcess && !path)
        expect(
          [...ACTIONS].filter((action) => !told.has(action)),
          'never happened in any story',
        ).toEqual([])
    },
    LIMIT_MS + 60_000,
  )
})
