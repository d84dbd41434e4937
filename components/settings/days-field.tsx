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

/** A number of days, or never, which a form says as an empty text. */
export function DaysField({ label, name, hint, presets, now, never }: DaysFieldProps) {
  const all = now === null || presets.includes(now) ? presets : [...presets, now].toSorted((a, b) => a - b)
  return (
    <SelectField label={label} name={name} defaultValue={now ?? ''} hint={hint}>
      {all.map((days) => (
        <option key={days} value={days}>
          {days === 1 ? '1 day' : `${days} days`}
          {days === DEFAULT_SETTINGS[name] && ' (default)'}
        </option>
      ))}
      <option value="">{never}</option>
    </SelectField>
  )
}
