import Form from 'next/form'
import { ORGANISATION_EVENTS } from '../audit-log/event-words.ts'
import { FilterButtons } from '../audit-log/filter-buttons.tsx'
import { SelectField } from '../ui/field.tsx'

type Filter = { kind: string | undefined; member: string | undefined }
type Person = { readonly id: string; readonly name: string; readonly email: string }

/** A GET form: the filter is the URL. */
export function ActivityFilter({ action, filter, people }: { action: string; filter: Filter; people: readonly Person[] }) {
  const isFiltered = filter.kind !== undefined || filter.member !== undefined
  return (
    <Form action={action} aria-label="Filter" className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end">
      <SelectField label="Kind" name="kind" defaultValue={filter.kind ?? ''} key={`kind ${filter.kind}`}>
        <option value="">Everything</option>
        {Object.entries(ORGANISATION_EVENTS).map(([name, words]) => (
          <option key={name} value={name}>
            {words.label}
          </option>
        ))}
      </SelectField>
      <SelectField label="By" name="member" defaultValue={filter.member ?? ''} key={`member ${filter.member}`}>
        <option value="">Anybody</option>
        {people.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {`${name} (${email})`}
          </option>
        ))}
      </SelectField>
      <FilterButtons action={action} isFiltered={isFiltered} />
    </Form>
  )
}
