'use client'

import './globals.css'
import ErrorPage from './error.tsx'

/** Stands in for the root layout when that is what failed. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
