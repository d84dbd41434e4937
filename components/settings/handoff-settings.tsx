import { TextField } from '../ui/field.tsx'
import { Setting } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function HandoffSettings({ project, action }: SettingsProps) {
  const [issuer] = project.issuers
  return (
    <SettingsForm
      id="own-sign-in-page"
      title="Your own sign-in page"
      description="People sign in where they always do. We send the browser to your page with a signed request; your server tells ours who it is in one call, and sends the browser back."
      action={action}
      footer={issuer && `Your server calls POST ${issuer.url}/api/oauth/handoff with the server secret.`}
    >
      <Setting name="handoffUrl">
        <TextField
          label="Address of the page"
          name="handoffUrl"
          type="url"
          inputMode="url"
          spellCheck={false}
          maxLength={2048}
          placeholder="https://app.example.com/sign-in"
          defaultValue={project.settings.handoffUrl ?? ''}
          optional
          hint="With every other way to sign in switched off, browsers go there straight away. Beside other ways it is a button."
        />
      </Setting>
    </SettingsForm>
  )
}
