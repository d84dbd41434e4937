import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import { SelectField } from '../ui/field.tsx'

type DaysFieldProps = {
  label: string
  name: 'keyRotationDays' | 'auditRetentionDays'
  hint: string
  presets: readonly number[]
  /** Days now; null for never. */
  now: number | null
  never: string
}

/** A number of days, or never, which a form says as an empty text. What is set now and the default are always among them. */
export function DaysField({ label, name, hint, presets, now, never }: DaysFieldProps) {
  const usual = DEFAULT_SETTINGS[name]
  const all = [...new Set([...presets, usual, now])].filter((days) => days !== null).toSorted((a, b) => a - b)
  return (
    <SelectField label={label} name={name} defaultValue={now ?? ''} hint={hint}>
      {all.map((days) => (
        <option key={days} value={days}>
          {days === 1 ? '1 day' : `${days} days`}
          {days === usual && ' (default)'}
        </option>
      ))}
      <option value="">
        {never}
        {usual === null && ' (default)'}
      </option>
    </SelectField>
  )
}
