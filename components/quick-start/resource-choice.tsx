import Link from 'next/link'
import { classNames } from '../ui/class-names.ts'

type ResourceChoiceProps = { here: string; resources: readonly { identifier: string; name: string }[]; chosen: string }

/** Which of the project's MCP servers the page is filled for. */
export function ResourceChoice({ here, resources, chosen }: ResourceChoiceProps) {
  if (resources.length < 2) return null
  return (
    <nav aria-label="MCP server" className="flex flex-wrap gap-2 text-[13px]">
      {resources.map(({ identifier, name }) => (
        <Link
          key={identifier}
          href={{ pathname: here, query: { resource: identifier } }}
          aria-current={identifier === chosen ? 'true' : undefined}
          className={classNames(
            'grid min-w-0 rounded-lg border px-3 py-1.5',
            identifier === chosen ? 'border-ink bg-surface' : 'text-ink-soft hover:border-line-strong',
          )}
        >
          <span className="font-medium">{name}</span>
          <span className="wrap-anywhere text-xs">{identifier}</span>
        </Link>
      ))}
    </nav>
  )
}
