'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '../ui/button.tsx'
import { MessagePage } from './message-page.tsx'

export type ErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** `digest` is what the server's log calls the same failure; the message itself stays there. */
export function ErrorMessage({ error, reset }: ErrorProps) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const retry = () =>
    startTransition(() => {
      router.refresh() // asks the server again; `reset` alone would show the same failure from memory
      reset()
    })

  return (
    <MessagePage
      title="Something went wrong on our side"
      action={
        <>
          <Button onClick={retry} pending={pending}>
            Try again
          </Button>
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
