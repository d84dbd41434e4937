import { Search } from 'lucide-react'
import { classNames } from '../ui/class-names.ts'
import { Input } from '../ui/input.tsx'

/** What a list is searched for, as `query`. `label` stands in it too. */
export const SearchField = ({ label, value, className }: { label: string; value: string; className: string }) => (
  <div className={classNames('relative w-full', className)}>
    <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint" />
    <Input
      name="query"
      type="search"
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      maxLength={200}
      className="pl-9 [&::-webkit-search-cancel-button]:hidden"
    />
  </div>
)
