import { ArrowRight } from 'lucide-react'
import { spellingOf } from '#lib/management/resources/inputs.ts'

/** What becomes of a URL as it is typed, and why. Nothing while it is no URL yet. */
export function SpellingLine({ typed }: { typed: string }) {
  const spelling = typed.trim() === '' ? null : spellingOf(typed)
  if (spelling?.kind !== 'identifier') return null
  return (
    <div className="grid gap-1 rounded-md border bg-sunken px-3 py-2 text-[13px]" aria-live="polite">
      <p className="flex min-w-0 items-start gap-2">
        <ArrowRight aria-hidden className="mt-[3px] size-3.5 shrink-0 text-ink-faint" />
        <span className="min-w-0">
          <span className="text-ink-soft">Tokens carry </span>
          <code className="wrap-anywhere font-mono text-[12.5px]">aud = {spelling.identifier}</code>
        </span>
      </p>
      {spelling.notes.map((note) => (
        <p key={note} className="pl-[22px] text-ink-soft">
          {note}
        </p>
      ))}
    </div>
  )
}
