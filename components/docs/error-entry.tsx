import type { ErrorReference } from '#lib/oauth/reference/errors.ts'
import { Part } from '../site/part.tsx'
import { Prose } from '../site/prose.tsx'
import { Badge } from '../ui/badge.tsx'

/** One error code; its id is where `error_uri` points to. */
export function ErrorEntry({ code, error: { meaning, causes, remedy, statuses } }: { code: string; error: ErrorReference }) {
  return (
    <article id={code} aria-labelledby={`${code}-title`} className="grid min-w-0 scroll-mt-6 gap-3 border-t py-7">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={`${code}-title`} className="wrap-anywhere min-w-0 font-mono font-semibold text-[15px]">
          <a href={`#${code}`} className="rounded hover:underline">
            {code}
          </a>
        </h2>
        {statuses.map((status) => (
          <Badge key={status}>{status === 'redirect' ? 'to the redirect URI' : status}</Badge>
        ))}
      </div>
      <p>
        <Prose text={meaning} />
      </p>
      <dl className="grid gap-x-6 gap-y-3 text-[13.5px] sm:grid-cols-[8.5rem_minmax(0,1fr)]">
        <Part name="Likely causes">
          <ul className="grid list-disc gap-1 pl-4">
            {causes.map((cause) => (
              <li key={cause}>
                <Prose text={cause} />
              </li>
            ))}
          </ul>
        </Part>
        <Part name="What to do">
          <Prose text={remedy} />
        </Part>
      </dl>
    </article>
  )
}
