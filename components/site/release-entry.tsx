import { Badge } from '../ui/badge.tsx'
import { Prose } from './prose.tsx'

type ReleaseEntryProps = {
  release: {
    readonly version: string
    readonly date: string | null
    readonly upgrading: readonly string[]
    readonly changes: Readonly<Partial<Record<string, readonly string[]>>>
  }
}

/** One release, with an anchor of its version. */
export function ReleaseEntry({ release: { version, date, upgrading, changes } }: ReleaseEntryProps) {
  return (
    <section aria-labelledby={version} className="grid min-w-0 gap-6 border-t pt-8">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id={version} className="scroll-mt-6 font-semibold text-[22px] tracking-[-0.02em]">
          {version}
        </h2>
        {date === null ? <Badge>Unreleased</Badge> : <time className="text-[13px] text-ink-soft">{date}</time>}
      </div>
      {upgrading.length > 0 && <Sentences heading="Upgrading" sentences={upgrading} />}
      {Object.entries(changes).map(([category, sentences = []]) => (
        <Sentences key={category} heading={category} sentences={sentences} />
      ))}
    </section>
  )
}

function Sentences({ heading, sentences }: { heading: string; sentences: readonly string[] }) {
  return (
    <div className="grid min-w-0 gap-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <h3 className="font-medium text-[13px] text-ink-soft">{heading}</h3>
      <ul className="grid max-w-[68ch] gap-2 text-[14px] leading-relaxed">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Prose text={sentence} />
          </li>
        ))}
      </ul>
    </div>
  )
}
