'use client'

import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { AuthorizeConsole } from './authorize-console.tsx'
import { useConsole } from './console-values.tsx'
import { type Reach, reachOf } from './reach.ts'
import { RequestConsole } from './request-console.tsx'

/** The real request from this browser, when somebody wants it. */
export function TryIt({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false)
  const panel = `${entry.id}-console`
  return (
    <div className="grid min-w-0 gap-4">
      <Button
        tone="secondary"
        size="sm"
        className="w-fit"
        aria-label={`Try it: ${entry.title}`}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen(!open)}
      >
        <FlaskConical aria-hidden />
        Try it
      </Button>
      {open && (
        <div id={panel} className="grid min-w-0 gap-4 rounded-lg border bg-surface p-4">
          <Panel entry={entry} />
        </div>
      )}
    </div>
  )
}

/** Only in a browser: it depends on where this page is. */
function Panel({ entry }: { entry: Entry }) {
  const { issuer, allowedOrigins, opened } = useConsole()
  const reach = reachOf(entry, { issuer, allowedOrigins, opened, origin: window.location.origin })
  if (reach !== 'open') return <OutOfReach reach={reach} issuer={issuer} />
  return entry.body === 'query' ? <AuthorizeConsole entry={entry} /> : <RequestConsole entry={entry} />
}

function OutOfReach({ reach, issuer }: { reach: Exclude<Reach, 'open'>; issuer: string }) {
  const { host } = new URL(issuer)
  switch (reach) {
    case 'backend':
      return (
        <Notice title="Not from a browser">
          This endpoint is for backends: no page may ask {host} for it, this one neither. Use the command above.
        </Notice>
      )
    case 'not-listed':
      return (
        <Notice title="Not from this page">
          The project answers only scripts of the origins it lists, and this page’s is not one of them. Use the command above.
        </Notice>
      )
    case 'not-opened':
      return (
        <Notice title={`The console for ${host}`}>
          A page may ask another host only where it was loaded for that.{' '}
          {/* A load, not a navigation: the policy belongs to the document. */}
          <a href={`?${new URLSearchParams({ issuer })}`} className="text-accent underline underline-offset-4">
            Load it for {host}
          </a>
        </Notice>
      )
  }
}
