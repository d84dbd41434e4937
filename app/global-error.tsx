'use client'

import { MessagePage } from '../components/layout/message-page.tsx'
import { Button } from '../components/ui/button.tsx'
import './globals.css'

/** Stands in for the root layout when that is what failed, so it has no router to ask. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <MessagePage
            title="Something went wrong on our side"
            action={<Button onClick={() => window.location.reload()}>Try again</Button>}
          >
            <p>This page could not be finished.{error.digest && ` Its reference in the server's log is ${error.digest}.`}</p>
          </MessagePage>
        </main>
      </body>
    </html>
  )
}
