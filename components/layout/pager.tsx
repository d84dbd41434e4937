import Link from 'next/link'
import { Button } from '../ui/button.tsx'

/** Cursor paging is one-way; the way back is the first page, or the browser's own. */
export function Pager({ first, next }: { first: string | null; next: string | null }) {
  if (!first && !next) return null
  return (
    <nav aria-label="Pages" className="flex justify-between gap-3">
      {first ? (
        <Button asChild tone="secondary" size="sm">
          <Link href={first}>First page</Link>
        </Button>
      ) : (
        <span />
      )}
      {next && (
        <Button asChild tone="secondary" size="sm">
          <Link href={next}>Next page</Link>
        </Button>
      )}
    </nav>
  )
}
