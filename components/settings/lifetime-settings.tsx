import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import { RadioField, SelectField } from '../ui/field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const ACCESS = [
  {
    seconds: 15 * MINUTE,
    hint: 'A stolen token is soon worthless. Clients refresh four times an hour, and one that refreshes badly shows it.',
  },
  { seconds: HOUR, hint: 'The default. What most clients are tested with.' },
  {
    seconds: DAY,
    hint: 'For clients that lose their refresh token. A stolen token works for up to a day unless your server introspects it.',
  },
]
const IDLE = [DAY, 7 * DAY, 30 * DAY, 90 * DAY]
const ABSOLUTE = [7 * DAY, 30 * DAY, 90 * DAY, 180 * DAY, 365 * DAY]

/** How long what we give out counts. Longer is kinder to clients that lose things, shorter to whoever loses a laptop. */
export function LifetimeSettings({ project, action }: SettingsProps) {
  const { accessTokenTtlSeconds: access, refreshIdleSeconds, refreshAbsoluteSeconds } = project.settings
  const own = ACCESS.some(({ seconds }) => seconds === access) ? [] : [{ seconds: access, hint: 'Set by a program or the command line.' }]
  return (
    <SettingsForm
      id="lifetimes"
      title="Lifetimes"
      description="How long people and their clients stay connected, and how long a stolen token is of use."
      action={action}
      footer="Applies to tokens and sign-ins from now on."
    >
      <Setting name="accessTokenTtlSeconds">
        <fieldset className="grid gap-4">
          <legend className="mb-3 font-medium text-[13px]">An access token lives for</legend>
          {[...ACCESS, ...own].map(({ seconds, hint }) => (
            <RadioField
              key={seconds}
              label={durationOf(seconds)}
              name="accessTokenTtlSeconds"
              value={seconds}
              defaultChecked={seconds === access}
              hint={hint}
            />
          ))}
        </fieldset>
      </Setting>
      <Setting name="refreshIdleSeconds">
        <SelectField
          label="An unused refresh token lives for"
          name="refreshIdleSeconds"
          defaultValue={refreshIdleSeconds}
          hint="Each use renews it. Shorter: people who come back after a break sign in again. Longer: a forgotten laptop stays connected."
        >
          <Durations presets={IDLE} usual={DEFAULT_SETTINGS.refreshIdleSeconds} now={refreshIdleSeconds} />
        </SelectField>
      </Setting>
      <Setting name="refreshAbsoluteSeconds">
        <SelectField
          label="A whole sign-in lives for"
          name="refreshAbsoluteSeconds"
          defaultValue={refreshAbsoluteSeconds}
          hint="Then people sign in again, however often their client refreshed. Never shorter than an unused refresh token."
        >
          <Durations presets={ABSOLUTE} usual={DEFAULT_SETTINGS.refreshAbsoluteSeconds} now={refreshAbsoluteSeconds} />
        </SelectField>
      </Setting>
    </SettingsForm>
  )
}

function Durations({ presets, usual, now }: { presets: readonly number[]; usual: number; now: number }) {
  const all = [...new Set([...presets, usual, now])].toSorted((a, b) => a - b)
  return all.map((seconds) => (
    <option key={seconds} value={seconds}>
      {durationOf(seconds)}
      {seconds === usual && ' (default)'}
    </option>
  ))
}

/** In the largest unit that says it exactly. */
function durationOf(seconds: number): string {
  const units = [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
    [1, 'second'],
  ] as const
  const [size, unit] = units.find(([size]) => seconds % size === 0 && (size !== DAY || seconds > DAY)) ?? [1, 'second']
  const count = seconds / size
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`
}
