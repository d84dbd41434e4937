import { classNames } from '../ui/class-names.ts'

const EXCHANGE = [
  { to: 'server', call: 'POST /mcp', status: 401, note: 'WWW-Authenticate: Bearer resource_metadata=…' },
  { to: 'gatehouse', call: 'GET /.well-known/oauth-authorization-server', status: 200, note: 'what this issuer can do' },
  { to: 'gatehouse', call: 'POST /api/oauth/register', status: 201, note: 'client_id issued' },
  { to: 'gatehouse', call: 'GET /oauth/authorize', status: 302, note: 'sign in, then consent, scope by scope' },
  { to: 'gatehouse', call: 'POST /api/oauth/token', status: 200, note: 'code + PKCE verifier for a signed JWT' },
  { to: 'server', call: 'POST /mcp', status: 200, note: 'Authorization: Bearer eyJ…' },
] as const

/** The whole of a first connection, as a log would show it. */
export function ConnectionPreview() {
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-[0_24px_60px_-32px_oklch(0_0_0/0.35)]">
      <figcaption className="flex h-11 items-center justify-between gap-3 border-b px-5 text-ink-soft text-xs">
        <span>One connection, start to finish</span>
        <span className="hidden items-center gap-4 sm:flex">
          <Legend className="bg-accent">Gatehouse</Legend>
          <Legend className="bg-line-strong">Your server</Legend>
        </span>
      </figcaption>
      <ol className="grid px-5 py-4">
        {EXCHANGE.map((step, index) => (
          <li key={step.call + step.status} className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3">
            <span aria-hidden className="relative flex w-3 justify-center">
              {index < EXCHANGE.length - 1 && <span className="absolute top-4 -bottom-1 w-px bg-line-strong" />}
              <span
                className={classNames(
                  'relative mt-[7px] size-[7px] rounded-full',
                  step.to === 'gatehouse' ? 'bg-accent' : 'bg-surface ring-[1.5px] ring-ink-faint',
                )}
              />
            </span>
            <div className="grid min-w-0 gap-0.5 pb-4">
              <code className="truncate font-mono text-[12.5px]">{step.call}</code>
              <span className="truncate text-ink-faint text-xs">{step.note}</span>
            </div>
            <code
              className={classNames(
                'font-mono text-[12.5px] tabular-nums',
                step.status < 300 ? 'text-good' : step.status < 400 ? 'text-ink-soft' : 'text-warn',
              )}
            >
              {step.status}
            </code>
          </li>
        ))}
      </ol>
    </figure>
  )
}

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={classNames('size-[7px] rounded-full', className)} />
      {children}
    </span>
  )
}
