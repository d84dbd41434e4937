import Link from 'next/link'
import { Button } from '../ui/button.tsx'

/** `action`: where the list stands without a filter. */
export const FilterButtons = ({ action, isFiltered }: { action: string; isFiltered: boolean }) => (
  <div className="flex gap-2">
    <Button type="submit" tone="secondary">
      Filter
    </Button>
    {isFiltered && (
      <Button asChild tone="ghost">
        <Link href={action}>Clear</Link>
      </Button>
    )}
  </div>
)
