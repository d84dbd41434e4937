import { placeOf } from './error-place.ts'

/** What the framework tells of a page or an action that failed. */
type Failure = {
  readonly error: unknown
  readonly method: string
  /** With its query. */
  readonly path: string
  /** The file, such as `/projects/[project]/keys`. */
  readonly route: string
  /** `render`, `action`, `route` or `proxy`. */
  readonly kind: string
}

/** Here a path holds names alone; elsewhere it may hold what opens a door: the handle of a request, the token of a mail. */
const NAMES_ALONE = /^\/(?:projects|organisation|profile)(?:\/|$)/

/** One line of JSON for the log. `reference` is what the error page shows; neither message nor query is in it: they may hold values. */
export function failureLine({ error, method, path, route, kind }: Failure, at: Date): string {
  const plain = path.split('?', 1)[0] ?? ''
  return JSON.stringify({
    ...{ level: 'error', at: at.toISOString(), event: 'page.failed', reference: referenceOf(error), kind, method, route },
    ...(NAMES_ALONE.test(plain) ? { path: plain } : {}),
    cause: placeOf(error),
  })
}

/** The framework's name for a failure, which it also hands to the error page: one for each cause, so that the log has every time it struck. */
function referenceOf(error: unknown): string | null {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : null
  return typeof digest === 'string' ? digest : null
}
