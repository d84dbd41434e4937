import type { Words } from '#lib/words/en.ts'

/** Words for the `error` of an end user's page. Whatever a URL says is looked up, and never shown. */
export const problemWords = (error: string | null, { problems }: Words): string | null =>
  error && (Object.hasOwn(problems, error) ? problems[error as keyof Words['problems']] : problems.other)
