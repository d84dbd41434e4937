'use client'

import { X } from 'lucide-react'
import Form from 'next/form'
import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/input.tsx'
import { SearchField } from './search-field.tsx'

export type Choice = {
  readonly name: string
  readonly label: string
  /** What is shown for no choice: "Any status". */
  readonly any: string
  readonly options: readonly (readonly [value: string, words: string])[]
}

type ListFilterProps = {
  action: string
  search: string
  /** What the address says now, by name; `query` is the search. */
  values: Readonly<Record<string, string | undefined>>
  choices: readonly Choice[]
  /** Stay in the address when the filter changes. */
  kept?: Readonly<Record<string, string | undefined>>
}

/** A GET form: the filter stands in the URL and works without script. With script a choice counts at once. */
export function ListFilter({ action, search, values, choices, kept = {} }: ListFilterProps) {
  const isFiltered = Object.values(values).some((value) => value !== undefined)
  const clear = new URLSearchParams(Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return (
    <Form action={action} role="search" className="flex flex-wrap gap-2" key={JSON.stringify(values)}>
      <SearchField label={search} value={values.query ?? ''} className="min-w-0 sm:max-w-xs sm:flex-1" />
      {choices.map(({ name, label, any, options }) => (
        <div key={name} className="min-w-0 max-sm:flex-1 max-sm:basis-36">
          <Select
            name={name}
            aria-label={label}
            defaultValue={values[name] ?? ''}
            onChange={(event) => event.target.form?.requestSubmit()}
            className="max-w-full"
          >
            <option value="">{any}</option>
            {options.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </div>
      ))}
      {Object.entries(kept).map(([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />)}
      <Button type="submit" tone="secondary">
        Search
      </Button>
      {isFiltered && (
        <Button asChild tone="ghost">
          <Link href={clear.size > 0 ? `${action}?${clear}` : action}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </Form>
  )
}
