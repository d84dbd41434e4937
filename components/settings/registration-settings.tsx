import { RadioField } from '../ui/field.tsx'
import { Setting, SettingSwitch } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function RegistrationSettings({ project, action }: SettingsProps) {
  const mode = project.settings.registrationMode
  return (
    <SettingsForm
      id="registration"
      title="Registration"
      description="Who may become a client of this project. Clients that registered themselves are marked unverified wherever people decide about them."
      action={action}
    >
      <Setting name="registrationMode">
        <fieldset className="grid gap-4">
          <legend className="sr-only">Registration mode</legend>
          <RadioField
            label="Guarded"
            name="registrationMode"
            value="guarded"
            defaultChecked={mode === 'guarded'}
            hint="The default. A registration needs your registration secret. Lets in: your own agents and tools that hold it, and clients you make by hand."
          />
          <RadioField
            label="Open"
            name="registrationMode"
            value="open"
            defaultChecked={mode === 'open'}
            hint="Any MCP client may register itself, within limits per address and per project. Lets in also: Cursor, GitHub Copilot, Gemini CLI, mcp-remote and every other client that registers without a secret."
          />
          <RadioField
            label="Off"
            name="registrationMode"
            value="off"
            defaultChecked={mode === 'off'}
            hint="Nobody registers, and the metadata says so. Lets in: only clients you make by hand. Those that are registered already go on working."
          />
        </fieldset>
      </Setting>
      <SettingSwitch
        label="Apps with a scheme of their own"
        name="privateUseSchemes"
        settings={project.settings}
        hint="Redirect URIs such as cursor://…, which any app on a person’s machine may claim. Off: https and loopback addresses only."
      />
    </SettingsForm>
  )
}
