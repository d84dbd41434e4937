'use client'

import { ErrorMessage, type ErrorProps } from '../../components/layout/error-message.tsx'

/** Inside the shell, so that the way to everything else stays open. */
export default function ErrorPage(props: ErrorProps) {
  return <ErrorMessage {...props} />
}
