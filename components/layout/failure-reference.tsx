'use client'

import { type ReactNode, useState } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { exact } from '../ui/exact-time.ts'

/** `reference` is what the server's log calls the cause, and the time is which of its lines this was. Nothing without a reference. */
export function FailureReference({ reference, children }: { reference: string | undefined; children: ReactNode }) {
  const [at] = useState(() => new Date())
  if (!reference) return null
  return (
    <>
      <p>{children}</p>
      <p className="flex flex-wrap items-center justify-center gap-x-1 text-[13px]">
        <code className="font-mono text-ink">{reference}</code>
        <CopyButton text={`${reference} (${exact(at)})`} label={`Copy ${reference}`} />
        <span className="w-full text-ink-faint">{exact(at)}</span>
      </p>
    </>
  )
}
