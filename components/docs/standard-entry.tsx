import type { Part, Standard } from '#lib/oauth/standards/standard.ts'
import { Prose } from '../site/prose.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { switchWords } from './standard-words.ts'

const STATUS: Readonly<Record<Standard['status'], readonly [words: string, tone: Tone]>> = {
  whole: ['Whole', 'good'],
  parts: ['The parts named', 'accent'],
  none: ['Not supported', 'neutral'],
}

/** One standard; its id is a place a link can point to. */
export function StandardEntry({ standard }: { standard: Standard }) {
  const { id, name, title, url, status, does, leaves } = standard
  const [words, tone] = STATUS[status]
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="grid min-w-0 scroll-mt-20 gap-3 border-t py-7">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-0.5">
          <h3 id={`${id}-title`} className="font-semibold text-[17px] tracking-[-0.015em]">
            <a href={`#${id}`} className="rounded hover:underline">
              {name}
            </a>
          </h3>
          <p className="text-[13px] text-ink-soft">
            <Prose text={title} />
            {' · '}
            <a
              href={url}
              rel="noreferrer"
              aria-label={`Specification: ${name}`}
              className="rounded text-accent underline underline-offset-4"
            >
              Specification
            </a>
          </p>
        </div>
        <Badge tone={tone}>{words}</Badge>
      </div>
      <p className="text-[13px] text-ink-faint">
        <Prose text={switchWords(standard)} />
      </p>
      {does.length > 0 && (
        <dl className="grid gap-x-6 gap-y-3 text-[13.5px] sm:grid-cols-[10.5rem_minmax(0,1fr)]">
          {does.map((part) => (
            <Done key={part.section} part={part} />
          ))}
        </dl>
      )}
      {leaves.length > 0 && (
        <div className="grid gap-1 text-[13.5px]">
          <h4 className="text-[13px] text-ink-faint">{status === 'whole' ? 'Worth knowing' : 'Left out, and why'}</h4>
          <ul className="grid max-w-[76ch] list-disc gap-1 pl-5 text-ink-soft">
            {leaves.map((sentence) => (
              <li key={sentence}>
                <Prose text={sentence} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  )
}

function Done({ part }: { part: Part }) {
  return (
    <>
      <dt className="wrap-anywhere text-[13px] text-ink-faint">
        <Prose text={part.section} />
      </dt>
      <dd className="grid min-w-0 gap-1 max-sm:-mt-2">
        <p className="break-words text-ink-soft">
          <Prose text={part.says} />
        </p>
        <p className="wrap-anywhere font-mono text-[11.5px] text-ink-faint">{part.witness.file}</p>
      </dd>
    </>
  )
}
