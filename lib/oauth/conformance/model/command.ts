import type { AsyncCommand } from 'fast-check'
import type { Model, Real } from './facts.ts'
import { checkInvariants } from './invariants.ts'

export type Step = {
  /** How a counterexample tells it. */
  readonly says: string
  readonly when?: (model: Model) => boolean
  readonly does: (model: Model, real: Real) => Promise<void>
}

/** One thing that happens to the project, and what must hold after it. */
export const command = ({ says, when, does }: Step): AsyncCommand<Model, Real> => ({
  check: (model) => when?.(model) ?? true,
  run: async (model, real) => {
    await does(model, real)
    await checkInvariants(model, real)
  },
  toString: () => says,
})
