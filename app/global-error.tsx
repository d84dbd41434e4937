'use client'

import { FailureReference } from '../components/layout/failure-reference.tsx'
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
            action={
              <>
                <Button onClick={() => window.location.reload()}>Try again</Button>
                <Button asChild tone="secondary">
                  <a href="/">Start page</a>
                </Button>
              </>
            }
          >
            <p>This page could not be finished. Trying again usually helps.</p>
            <FailureReference reference={error.digest}>
              If it does not, give this reference to whoever runs this server: its log names the cause under it.
            </FailureReference>
          </MessagePage>
        </main>
      </body>
    </html>
  )
}
