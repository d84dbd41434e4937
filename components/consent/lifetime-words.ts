const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const

/** How long an access lasts, as a person would say it. `refreshDays` null: it cannot be renewed. */
export function lifetimeWords(accessTokenTtlSeconds: number, refreshDays: number | null): string {
  const once = inWords(accessTokenTtlSeconds)
  if (refreshDays === null) return `For ${once}. Then it has to ask again.`
  return `Until it has not been used for ${inWords(refreshDays * 86_400)}. In between it is renewed every ${once.replace(/^1 /, '')}.`
}

function inWords(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [60, 'minute']
  const count = Math.round(seconds / size)
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
