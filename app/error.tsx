'use client'

import { ErrorMessage, type ErrorProps } from '../components/layout/error-message.tsx'

export default function ErrorPage(props: ErrorProps) {
  return (
    <main>
      <ErrorMessage {...props} />
    </main>
  )
}
