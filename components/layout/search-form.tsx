import { Search, X } from 'lucide-react'
import Form from 'next/form'
import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'

/** A GET form: the search stands in the URL and works without script. */
export function SearchForm({ action, label, query }: { action: string; label: string; query: string }) {
  return (
    <Form action={action} role="search" className="flex gap-2">
      <div className="relative w-full max-w-sm">
        <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint" />
        <Input
          name="query"
          type="search"
          aria-label={label}
          placeholder={label}
          defaultValue={query}
          maxLength={200}
          className="pl-9 [&::-webkit-search-cancel-button]:hidden"
        />
      </div>
      <Button type="submit" tone="secondary">
        Search
      </Button>
      {query && (
        <Button asChild tone="ghost">
          <Link href={action}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </Form>
  )
}
