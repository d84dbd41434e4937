import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

type Jumps = { readonly label?: string; readonly id?: string; readonly to: readonly { readonly id: string; readonly text: ReactNode }[] }

/** What is on this page, to jump to. `label` says of what it is a list. */
export function JumpList({ label, groups, mono = false }: { label: string; groups: readonly Jumps[]; mono?: boolean }) {
  return (
    <nav aria-label={label} className="rounded-xl border bg-surface p-5 shadow-card">
      <div className={classNames('grid gap-x-8 gap-y-5 text-[13px]', groups.length > 1 && 'sm:grid-cols-2 lg:grid-cols-3')}>
        {groups.map((group) => (
          <div key={group.to[0]?.id} className="grid min-w-0 content-start gap-1.5">
            {group.label && (
              <p className="font-medium">
                {group.id ? (
                  <a href={`#${group.id}`} className="rounded hover:underline">
                    {group.label}
                  </a>
                ) : (
                  group.label
                )}
              </p>
            )}
            <ul className={classNames('grid gap-x-8 gap-y-1.5', groups.length === 1 && 'sm:grid-cols-2')}>
              {group.to.map(({ id, text }) => (
                <li key={id} className="min-w-0">
                  <a
                    href={`#${id}`}
                    className={classNames(
                      'wrap-anywhere rounded text-ink-soft hover:text-ink hover:underline',
                      mono && 'font-mono text-[12.5px]',
                    )}
                  >
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  )
}
