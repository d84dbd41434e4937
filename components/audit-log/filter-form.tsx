import Form from 'next/form'
import { SelectField, TextField } from '../ui/field.tsx'
import { ACTORS } from './actor-words.ts'
import { EVENT_GROUPS } from './event-words.ts'
import { FilterButtons } from './filter-buttons.tsx'
import { isFiltered, type LogFilter, RANGES } from './log-filter.ts'

const MORE = ['actor', 'client', 'user', 'scope', 'resource', 'reason', 'error', 'grant', 'request', 'from', 'to'] as const

/** A GET form: the filter is the URL, so it can be sent to somebody, saved as a view, and works without script. */
export function FilterForm({ action, filter }: { action: string; filter: LogFilter }) {
  return (
    // Fields keep what was typed; another filter is another form.
    <Form action={action} aria-label="Filter" key={new URLSearchParams(filter).toString()} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1.4fr)_repeat(3,minmax(0,1fr))_auto] lg:items-end">
        <TextField
          {...textOf(filter, 'text')}
          label="Search"
          type="search"
          placeholder="Any id, address or word of the detail"
          maxLength={200}
        />
        <KindField filter={filter} />
        <SelectField label="Outcome" name="outcome" defaultValue={filter.outcome ?? ''}>
          <option value="">Any</option>
          <option value="refused">Refused or failed</option>
          <option value="ok">OK</option>
        </SelectField>
        <SelectField label="Time" name="range" defaultValue={filter.range ?? ''}>
          <option value="">Any time</option>
          {Object.entries(RANGES).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <FilterButtons action={action} isFiltered={isFiltered(filter)} />
      </div>
      <MoreFields filter={filter} />
    </Form>
  )
}

function KindField({ filter }: { filter: LogFilter }) {
  return (
    <SelectField label="Kind" name="kind" defaultValue={filter.kind ?? ''}>
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
  )
}

function MoreFields({ filter }: { filter: LogFilter }) {
  const set = MORE.filter((name) => filter[name] !== undefined).length
  return (
    <details open={set > 0} className="group">
      <summary className="w-fit cursor-pointer rounded text-[13px] text-ink-soft hover:text-ink">
        More ways to narrow{set > 0 && ` (${set} set)`}
      </summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField {...textOf(filter, 'client')} label="Client id" placeholder="c_…" />
        <TextField {...textOf(filter, 'user')} label="User" placeholder="E-mail or id" />
        <SelectField label="By" name="actor" defaultValue={filter.actor ?? ''}>
          <option value="">Anybody</option>
          {Object.entries(ACTORS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField {...textOf(filter, 'reason')} label="Reason" placeholder="code_expired" />
        <TextField {...textOf(filter, 'error')} label="Error answered" placeholder="invalid_grant" />
        <TextField {...textOf(filter, 'scope')} label="Scope" placeholder="notes:read" />
        <TextField {...textOf(filter, 'resource')} label="Resource" placeholder="https://…" />
        <TextField {...textOf(filter, 'grant')} label="Grant id" />
        <TextField {...textOf(filter, 'request')} label="Attempt" placeholder="Request id" />
        <TextField {...textOf(filter, 'from')} label="From (UTC)" type="datetime-local" />
        <TextField {...textOf(filter, 'to')} label="Before (UTC)" type="datetime-local" hint="Jumps there: the list begins at this time." />
      </div>
    </details>
  )
}

const textOf = (filter: LogFilter, name: keyof LogFilter) => ({
  name,
  defaultValue: filter[name] ?? '',
  autoComplete: 'off',
  spellCheck: false,
})
