import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { type ClientGuide, type ConnectionFacts, clientGuides } from './client-guides.ts'

/** Exact clicks for each client, and whether this project lets it in as it is. */
export function ClientCards(facts: ConnectionFacts) {
  return (
    <ul className="grid gap-4 md:grid-cols-2">
      {clientGuides(facts).map((guide) => (
        <li key={guide.id} className="min-w-0">
          <GuideCard guide={guide} resource={facts.resource} settings={`/projects/${facts.slug}/settings/clients#registration`} />
        </li>
      ))}
    </ul>
  )
}

function GuideCard({ guide, resource, settings }: { guide: ClientGuide; resource: string; settings: string }) {
  const { name, steps, link, command, callbacks, readiness } = guide
  return (
    <article aria-label={`Add to ${name}`} className="grid h-full min-w-0 content-start gap-3 rounded-lg border p-4 text-[13px]">
      <header className="flex items-center justify-between gap-3">
        <h3 className="font-semibold text-sm">{name}</h3>
        <Badge tone={readiness.ready ? 'good' : 'warn'}>{readiness.ready ? 'Ready' : 'Not yet'}</Badge>
      </header>
      <p className="text-ink-soft">
        {readiness.words}{' '}
        {!readiness.ready && (
          <Link href={settings} className="underline decoration-line-strong underline-offset-4">
            Settings
          </Link>
        )}
      </p>
      <ol className="grid list-decimal gap-1 pl-4">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {command ? <Copyable label={`command for ${name}`} value={command} /> : <Copyable label={`URL for ${name}`} value={resource} />}
      {link && (
        <Button asChild tone="secondary" size="sm" className="w-fit">
          <a href={link.href} target={link.href.startsWith('https:') ? '_blank' : undefined} rel="noreferrer">
            {link.label}
            <ExternalLink aria-hidden />
          </a>
        </Button>
      )}
      <details>
        <summary className="w-fit rounded text-ink-soft text-xs hover:text-ink">
          {callbacks.length === 1 ? 'Its callback' : `Its ${callbacks.length} callbacks`}, for a client made by hand
        </summary>
        <div className="mt-2 grid min-w-0 gap-1.5">
          {callbacks.map((callback) => (
            <Copyable key={callback} label={`callback of ${name}`} value={callback} />
          ))}
        </div>
      </details>
    </article>
  )
}
