import { afterAll, beforeAll, expect, it } from 'vitest'
import { DIFFERENCES } from './differential/differences.ts'
import { ours } from './differential/ours.ts'
import { PROBES } from './differential/probes.ts'
import { type Side, VERIFIER } from './differential/side.ts'
import { theirs } from './differential/theirs.ts'
import { conformance } from './suite.ts'

/** node-oidc-provider is certified for OpenID Connect: where it answers otherwise, one of us has a reason. */
conformance('asked the same as node-oidc-provider,', (subject) => {
  let here: Side
  let there: Side & { close(): void }
  beforeAll(async () => {
    ;[here, there] = [await ours(subject.target, VERIFIER), await theirs(VERIFIER)]
  })
  afterAll(() => there?.close())

  it('enough is asked', () => expect(Object.keys(PROBES).length).toBeGreaterThanOrEqual(80))

  it.each(Object.entries(PROBES))('we answer the same, or differ as agreed: %s', async (name, probe) => {
    const answers = { ours: await probe(here), theirs: await probe(there) }
    const agreed = DIFFERENCES.find(({ at }) => at.includes(name))
    if (agreed) expect(answers).toEqual({ ours: agreed.ours, theirs: agreed.theirs })
    else expect(answers.ours).toBe(answers.theirs)
  })

  it('every agreed difference is one, is asked about once and has its document', () => {
    const names = DIFFERENCES.flatMap(({ at }) => at)
    expect(names.filter((name, i) => !(name in PROBES) || names.indexOf(name) !== i)).toEqual([])
    for (const { ours, theirs, why } of DIFFERENCES) {
      expect(ours).not.toBe(theirs)
      expect(why).toMatch(/RFC \d{4} (§|Appendix )|OAuth 2\.1 §|OpenID Connect Core §/)
    }
  })
})
