import { X } from 'lucide-react'
import Form from 'next/form'
import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { SearchField } from './search-field.tsx'

/** A GET form: the search stands in the URL and works without script. */
export function SearchForm({ action, label, query }: { action: string; label: string; query: string }) {
  return (
    <Form action={action} role="search" className="flex gap-2">
      <SearchField label={label} value={query} className="max-w-sm" />
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
