import Link from 'next/link'
import { classNames } from '../ui/class-names.ts'

/** The two ways to look at what happened: one by one, or what went wrong by kind. */
export function LogTabs({ log, current }: { log: string; current: 'events' | 'errors' }) {
  const tabs = [
    { id: 'events', label: 'Events', href: log },
    { id: 'errors', label: 'Errors by kind', href: `${log}/errors` },
  ] as const
  return (
    <nav aria-label="Views of the log" className="flex gap-1 border-b">
      {tabs.map(({ id, label, href }) => (
        <Link
          key={id}
          href={href}
          aria-current={id === current ? 'page' : undefined}
          className={classNames(
            '-mb-px border-b-2 px-2.5 py-2 font-medium text-[13px] transition-colors hover:text-ink',
            id === current ? 'border-ink text-ink' : 'border-transparent text-ink-soft',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
