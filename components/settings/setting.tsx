import type { ComponentProps, ReactNode } from 'react'
import type { ProjectDetails } from '#lib/management/projects/get.ts'
import { DEFAULT_SETTINGS, type SettingName } from '#lib/management/projects/inputs.ts'
import { SwitchField } from '../ui/field.tsx'

/** A place that the search leads to, marked when one came from there. */
export function Setting({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div id={name} className="-m-2 scroll-mt-24 rounded-lg p-2 transition-colors target:bg-accent-soft">
      {children}
    </div>
  )
}

/** Settings that are on or off. */
type SwitchName = { [Name in SettingName]: (typeof DEFAULT_SETTINGS)[Name] extends boolean ? Name : never }[SettingName]

type SettingSwitchProps = {
  name: SwitchName
  label: string
  hint: ReactNode
  settings: ProjectDetails['settings']
} & Pick<ComponentProps<'input'>, 'disabled'>

/** One switch, which says what it is in a new project. */
export function SettingSwitch({ name, label, hint, settings, disabled }: SettingSwitchProps) {
  const usual = DEFAULT_SETTINGS[name]
  const isChanged = settings[name] !== usual
  return (
    <Setting name={name}>
      <SwitchField
        label={label}
        name={name}
        defaultChecked={settings[name] && !disabled}
        disabled={disabled}
        hint={
          <>
            {hint}{' '}
            <span className="text-ink-faint">
              {isChanged ? 'Changed; the default is ' : 'Default: '}
              {usual ? 'on' : 'off'}.
            </span>
          </>
        }
      />
    </Setting>
  )
}
