import { classNames } from '../ui/class-names.ts'

type IssuerChoiceProps = { issuers: readonly { url: string; isPrimary: boolean }[]; chosen: string }

/** Which of the project's issuers the page is filled for. Loads, not navigations: what a page may ask is fixed when it is loaded. */
export function IssuerChoice({ issuers, chosen }: IssuerChoiceProps) {
  if (issuers.length < 2) return null
  return (
    <nav aria-label="Issuer" className="flex flex-wrap gap-2 text-[13px]">
      {issuers.map(({ url, isPrimary }) => (
        <a
          key={url}
          href={`?${new URLSearchParams({ issuer: url })}`}
          aria-current={url === chosen ? 'true' : undefined}
          className={classNames(
            'grid min-w-0 rounded-lg border px-3 py-1.5',
            url === chosen ? 'border-ink bg-surface' : 'text-ink-soft hover:border-line-strong',
          )}
        >
          <span className="wrap-anywhere font-medium">{url}</span>
          {isPrimary && <span className="text-xs">Primary</span>}
        </a>
      ))}
    </nav>
  )
}
