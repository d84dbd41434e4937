'use client'

import { MessagePage } from '../components/layout/message-page.tsx'
import { Button } from '../components/ui/button.tsx'

/** `digest` is what the server's log calls the same failure; the message itself stays there. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage
      title="Something went wrong on our side"
      action={
        <>
          <Button onClick={reset}>Try again</Button>
          <Button asChild tone="secondary">
            <a href="/projects">Your projects</a>
          </Button>
        </>
      }
    >
      <p>
        This page could not be finished. Trying again usually helps; if it does not, the reference below finds the cause in the server's
        log.
      </p>
      {error.digest && (
        <p className="text-[13px]">
          Reference <code className="font-mono text-ink">{error.digest}</code>
        </p>
      )}
    </MessagePage>
  )
}
