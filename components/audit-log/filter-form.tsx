import Form from 'next/form'
import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { EVENT_GROUPS } from './event-words.ts'

type Filter = { kind: string | undefined; client: string | undefined; user: string | undefined; grant: string | undefined }

/** A GET form: the filter is the URL, so it can be sent to somebody. */
export function FilterForm({ action, filter }: { action: string; filter: Filter }) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <Form
      action={action}
      aria-label="Filter"
      className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)_auto] lg:items-end"
    >
      <SelectField label="Kind" name="kind" defaultValue={filter.kind ?? ''} key={`kind ${filter.kind}`}>
        <option value="">Everything</option>
        {EVENT_GROUPS.map((group) => (
          <optgroup key={group.step} label={group.label}>
            <option value={group.step}>{`${group.label}: all`}</option>
            {Object.entries(group.events).map(([name, words]) => (
              <option key={name} value={name}>
                {words.label}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <TextField
        label="Client id"
        name="client"
        defaultValue={filter.client ?? ''}
        key={`client ${filter.client}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="c_…"
      />
      <TextField
        label="User"
        name="user"
        defaultValue={filter.user ?? ''}
        key={`user ${filter.user}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="E-mail or id"
      />
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
    </Form>
  )
}
