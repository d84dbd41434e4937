import Link from 'next/link'
import type { Guide } from './moving/guide.ts'

export function GuideCard({ guide }: { guide: Guide }) {
  return (
    <li className="relative grid min-w-0 content-start gap-1.5 rounded-xl border bg-surface p-5 shadow-card transition-colors hover:border-line-strong">
      <h2 className="font-semibold text-[15px]">
        <Link href={`/docs/moving/${guide.slug}`} className="rounded after:absolute after:inset-0 after:rounded-xl">
          {guide.title}
        </Link>
      </h2>
      <p className="text-[13.5px] text-ink-soft">{guide.summary}</p>
    </li>
  )
}
