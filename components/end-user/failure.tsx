'use client'

import { createContext, type ReactNode, use } from 'react'
import type { Words } from '#lib/words/en.ts'
import { type ErrorProps, useRetry } from '../layout/error-message.tsx'
import { FailureReference } from '../layout/failure-reference.tsx'
import { Button } from '../ui/button.tsx'

type FailureWords = Words['failure'] & Words['pages']['failed']

const Known = createContext<FailureWords | null>(null)

/** Hands down what to say when the page below fails: then no server is there to be asked for its language. */
export function KnownFailureWords({ words, children }: { words: FailureWords; children: ReactNode }) {
  return <Known value={words}>{children}</Known>
}

/** A page of an issuer that could not be shown. End users are the project's guests: nothing here leads to a dashboard. */
export function EndUserFailure({ error, reset }: ErrorProps) {
  const words = use(Known)
  const { retry, pending } = useRetry(reset)
  if (!words) return null
  return (
    <div className="grid w-full max-w-[26rem] gap-4 rounded-2xl border bg-surface px-5 py-7 sm:px-8">
      <h1 className="font-semibold text-xl tracking-[-0.02em]">{words.title}</h1>
      <p className="text-ink-soft">{words.text}</p>
      <Button onClick={retry} pending={pending}>
        {words.retry}
      </Button>
      <div className="grid gap-1 text-center text-[13px] text-ink-soft">
        <FailureReference reference={error.digest}>{words.reference}</FailureReference>
      </div>
    </div>
  )
}
