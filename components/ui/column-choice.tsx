'use client'

import { Columns3 } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import { Button } from './button.tsx'
import { Dropdown, DropdownContent, DropdownTrigger, dropdownItem } from './dropdown.tsx'

const YEAR_SECONDS = 31_536_000

type ColumnChoiceProps = {
  name: string
  columns: readonly { readonly id: string; readonly header: string; readonly fixed?: true }[]
  shown: Readonly<Record<string, boolean>>
  onChange: (shown: Record<string, boolean>) => void
}

/** Which columns a table has. Kept in a cookie, so that the server draws the table as it was left and nothing jumps. */
export function ColumnChoice({ name, columns, shown, onChange }: ColumnChoiceProps) {
  const toggle = (id: string, isShown: boolean) => {
    const next = { ...shown, [id]: isShown }
    const hidden = columns.filter((column) => next[column.id] === false).map((column) => column.id)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `columns-${name}=${hidden.join('.')}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
    onChange(next)
  }
  return (
    <Dropdown>
      <DropdownTrigger asChild>
        <Button tone="ghost" size="sm">
          <Columns3 aria-hidden />
          Columns
        </Button>
      </DropdownTrigger>
      <DropdownContent align="end">
        {columns
          .filter((column) => !column.fixed)
          .map(({ id, header }) => (
            <Primitive.CheckboxItem
              key={id}
              checked={shown[id] !== false}
              onCheckedChange={(isShown) => toggle(id, isShown)}
              onSelect={(event) => event.preventDefault()}
              className={dropdownItem}
            >
              <span className="w-4">
                <Primitive.ItemIndicator>✓</Primitive.ItemIndicator>
              </span>
              {header}
            </Primitive.CheckboxItem>
          ))}
      </DropdownContent>
    </Dropdown>
  )
}
