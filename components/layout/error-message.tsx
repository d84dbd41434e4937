'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '../ui/button.tsx'
import { FailureReference } from './failure-reference.tsx'
import { MessagePage } from './message-page.tsx'

export type ErrorProps = { error: Error & { digest?: string }; reset: () => void }

export function ErrorMessage({ error, reset }: ErrorProps) {
  const { retry, pending } = useRetry(reset)
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
          <Button asChild tone="ghost">
            <a href="/status">Status</a>
          </Button>
        </>
      }
    >
      <p>This page could not be finished. Trying again usually helps.</p>
      <FailureReference reference={error.digest}>
        If it does not, give this reference to whoever runs this server: its log names the cause under it.
      </FailureReference>
    </MessagePage>
  )
}

/** Asks the server again; `reset` alone would show the same failure from memory. */
export function useRetry(reset: () => void): { retry: () => void; pending: boolean } {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return { retry, pending }
}
