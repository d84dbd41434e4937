import Link from 'next/link'
import type { ReactNode } from 'react'
import { Prose } from '../site/prose.tsx'

type Beginning = {
  readonly title: string
  readonly steps: readonly string[]
  readonly next: { readonly href: string; readonly label: string }
}

const BEGINNINGS: readonly Beginning[] = [
  {
    title: 'You have an MCP server',
    steps: [
      'Create a project with the URL of your server. Its issuer, keys and secrets are there at once.',
      'Serve one JSON document (RFC 9728) that names the issuer, and answer 401 with a header that names the document.',
      'Check the JWT of each request: signature, type, issuer, audience, expiry. Then connect a client.',
    ],
    next: { href: '/sign-up', label: 'Create a project' },
  },
  {
    title: 'You write a client',
    steps: [
      'Read the issuer’s metadata and take every address from there.',
      'Register, or publish a metadata document and use its https URL as `client_id`.',
      'Send the person to the authorization endpoint with PKCE and `resource`; redeem the code; keep the newest refresh token.',
    ],
    next: { href: '/docs/endpoints', label: 'Endpoints' },
  },
  {
    title: 'Something fails',
    steps: [
      'Look up the `error` you were given: its `error_uri` leads to the same place.',
      'For the exact reason, the owner of the project opens its audit log: there each refusal stands with its cause.',
      'If one client fails and others do not, see whether it is a known quirk.',
    ],
    next: { href: '/docs/errors', label: 'Errors' },
  },
]

/** Where each kind of reader starts, in three steps. */
export function Beginnings() {
  return (
    <div className="grid gap-4 xl:grid-cols-3">
      {BEGINNINGS.map(({ title, steps, next }) => (
        <Beginning key={title} title={title} next={next}>
          {steps.map((step) => (
            <li key={step}>
              <Prose text={step} />
            </li>
          ))}
        </Beginning>
      ))}
    </div>
  )
}

function Beginning({ title, next, children }: Pick<Beginning, 'title' | 'next'> & { children: ReactNode }) {
  return (
    <section aria-label={title} className="grid min-w-0 content-between gap-4 rounded-xl border bg-surface p-5 shadow-card">
      <div className="grid gap-3">
        <h2 className="font-semibold text-[15px]">{title}</h2>
        <ol className="grid list-decimal gap-2 pl-4 text-[13.5px] text-ink-soft">{children}</ol>
      </div>
      <Link href={next.href} className="w-fit rounded font-medium text-[13.5px] text-accent underline underline-offset-4">
        {next.label}
      </Link>
    </section>
  )
}
