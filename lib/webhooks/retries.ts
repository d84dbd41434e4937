const [MINUTE, HOUR] = [60, 3_600]

/** Seconds from one try to the next. */
const PAUSES: readonly number[] = [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]

export const MAX_ATTEMPTS = PAUSES.length + 1

/** An endpoint where nothing arrived for so long is switched off. */
export const GIVES_UP_AFTER = "interval '5 days'"

/** After so many tries; null: that was the last. Up to a fifth longer, so that what failed together does not come back together. */
export function pauseSeconds(attempts: number, random: () => number = Math.random): number | null {
  const pause = PAUSES[attempts - 1]
  return pause === undefined ? null : Math.round(pause * (1 + random() / 5))
}
