import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import type { Environment } from '#lib/management/projects/twin.ts'
import { classNames } from '../ui/class-names.ts'

/** What no live project has anywhere. */
export const TEST_STRIPES = 'bg-[repeating-linear-gradient(135deg,var(--warn)_0_10px,var(--warn-soft)_10px_20px)]'

/** Above every page of a test project, so that nobody takes it for the live one. */
export function TestBand({ environment, live }: Environment) {
  if (environment !== 'test') return null
  return (
    <aside aria-label="Test project" className="border-warn/30 border-b bg-warn-soft text-warn">
      <span aria-hidden className={classNames('block h-1.5', TEST_STRIPES)} />
      <p className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-[13px] sm:px-8">
        <span className="flex items-center gap-2 font-medium">
          <FlaskConical aria-hidden className="size-4 shrink-0" />
          Test project{live ? ` of ${live.name}` : ''}
        </span>
        <span>Its issuer, keys, clients and users are its own.</span>
        {live && (
          <span className="flex flex-wrap gap-x-4 sm:ml-auto">
            <BandLink href={`/projects/${live.slug}/promotion`}>Promote settings to live</BandLink>
            <BandLink href={`/projects/${live.slug}`}>Go to live</BandLink>
          </span>
        )}
      </p>
    </aside>
  )
}

const BandLink = ({ href, children }: { href: string; children: string }) => (
  <Link href={href} className="font-medium underline underline-offset-4">
    {children}
  </Link>
)
