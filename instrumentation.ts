import type { Instrumentation } from 'next'
import { failureLine } from '#lib/failure-line.ts'

/** The framework calls it for every page, action and handler of its own that throws. */
export const onRequestError: Instrumentation.onRequestError = (error, { method, path }, { routePath, routeType }) =>
  console.error(failureLine({ error, method, path, route: routePath, kind: routeType }, new Date()))
