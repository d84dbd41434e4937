/** Kind and place of an unexpected error. Its message may hold values of a request, so it is not logged. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return [error.name, ...frames.slice(0, 6)].join('\n')
}
