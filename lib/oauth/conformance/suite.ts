import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { openTarget, type Target } from './target.ts'

/** Filled in before the first test runs: its members are for use inside tests and hooks only. */
export type Subject = { target: Target }

/**
 * One noun of the protocol, black box, against whichever target the environment names.
 * Ends with the secret sweep over all that its tests minted, and fails a test that made this process print an error.
 */
export function conformance(noun: string, define: (subject: Subject) => void): void {
  describe(noun, () => {
    const subject = {} as Subject
    let printed: MockInstance<typeof console.error>
    beforeAll(async () => {
      subject.target = await openTarget()
    })
    afterAll(() => subject.target.close())
    beforeEach(() => {
      printed = vi.spyOn(console, 'error')
    })
    afterEach(() => {
      expect(printed.mock.calls).toEqual([])
      printed.mockRestore()
    })

    define(subject)

    it('L01 L02 L03 none of the secrets minted above stands in a table or a log', async () =>
      expect(await subject.target.leaks()).toEqual([]))
  })
}
