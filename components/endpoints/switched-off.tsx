import Link from 'next/link'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { METHOD_TONES } from '../site/method-tones.ts'
import { Badge } from '../ui/badge.tsx'
import { settingFor } from './switches.ts'

/** What the project could answer too, and where to switch it on. */
export function SwitchedOff({ entries, slug }: { entries: readonly Entry[]; slug: string }) {
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="switched-off" className="grid min-w-0 gap-3">
      <h2 id="switched-off" className="font-semibold text-[19px] tracking-[-0.02em]">
        Switched off
      </h2>
      <ul className="grid min-w-0 divide-y rounded-xl border bg-surface">
        {entries.map((entry) => (
          <li key={entry.id} id={entry.id} className="grid min-w-0 scroll-mt-16 gap-1.5 px-4 py-3 lg:scroll-mt-6">
            <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <h3 className="font-medium">{entry.title}</h3>
              <SwitchLink entry={entry} slug={slug} />
            </div>
            <p className="flex min-w-0 flex-wrap items-center gap-2">
              {entry.methods.map((method) => (
                <Badge key={method} tone={METHOD_TONES[method] ?? 'neutral'}>
                  {method}
                </Badge>
              ))}
              <code className="wrap-anywhere min-w-0 font-mono text-[12.5px] text-ink-soft">{entry.path}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function SwitchLink({ entry: { needs, title }, slug }: { entry: Entry; slug: string }) {
  if (needs === undefined) return null
  const { page, name, label } = settingFor(needs)
  return (
    <Link href={`/projects/${slug}/settings${page}#${name}`} className="rounded text-[13px] text-accent underline underline-offset-4">
      {label}
      <span className="sr-only"> in the settings, for: {title}</span>
    </Link>
  )
}
