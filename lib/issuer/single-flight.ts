export type SingleFlight<Result> = {
  /** What somebody has asked for already and is still waiting for. */
  underWay(key: string): Promise<Result> | undefined
  /** Joins it, or starts it. */
  run(key: string, start: () => Promise<Result>): Promise<Result>
}

/** One run at a time for each key, however many ask. */
export function singleFlight<Result>(): SingleFlight<Result> {
  const running = new Map<string, Promise<Result>>()
  return {
    underWay: (key) => running.get(key),
    run: (key, start) => {
      const joined = running.get(key)
      if (joined) return joined
      const started = start().finally(() => running.delete(key))
      running.set(key, started)
      return started
    },
  }
}
