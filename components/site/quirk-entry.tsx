import type { Quirk } from '#lib/oauth/quirks.ts'
import { Badge } from '../ui/badge.tsx'
import { Part } from './part.tsx'
import { Code, Prose } from './prose.tsx'

/** One entry of the compatibility list; its id is a place a link can point to. */
export function QuirkEntry({ quirk }: { quirk: Quirk }) {
  return (
    <article id={quirk.id} aria-labelledby={`${quirk.id}-title`} className="grid min-w-0 scroll-mt-6 gap-3 border-t py-7">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h2 id={`${quirk.id}-title`} className="min-w-0 font-semibold text-[17px] tracking-[-0.015em]">
          <a href={`#${quirk.id}`} className="rounded hover:underline">
            <Prose text={quirk.title} />
          </a>
        </h2>
        {quirk.row && <Badge>{quirk.row}</Badge>}
      </div>
      <p className="text-[13px] text-ink-faint">{quirk.clients.join(' · ')}</p>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
        <Part name="What they do">
          <Prose text={quirk.behaviour} />
        </Part>
        <Part name="What we do">
          <Prose text={quirk.answer} />
        </Part>
        {quirk.switch && (
          <Part name="Switch">
            <Code>{quirk.switch.setting}</Code>, by default <Code>{JSON.stringify(quirk.switch.default)}</Code>. On the other side:{' '}
            <Prose text={quirk.switch.otherwise} />
          </Part>
        )}
        <Part name="Test">{quirk.test}</Part>
        <Part name="Evidence">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {quirk.evidence.map((url) => (
              <li key={url} className="min-w-0">
                <a href={url} rel="noreferrer" className="break-words rounded text-accent underline-offset-4 hover:underline">
                  {labelOf(url)}
                </a>
              </li>
            ))}
          </ul>
        </Part>
      </dl>
    </article>
  )
}

/** `owner/name #12`, `RFC 6749 §3.2`, or the address without its scheme. */
function labelOf(address: string): string {
  const { host, pathname, hash } = new URL(address)
  const [, repository, number] = /^\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)$/.exec(pathname) ?? []
  if (repository) return `${repository} #${number}`
  const [, rfc] = /^\/rfc\/rfc(\d+)$/.exec(pathname) ?? []
  if (rfc) return `RFC ${rfc}${hash ? ` §${hash.replace('#section-', '')}` : ''}`
  return `${host}${pathname === '/' ? '' : pathname}`
}
