import { SwitchField } from '../ui/field.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function SignInSettings({ project, action }: SettingsProps) {
  const { signUpOpen, offerAllScopes } = project.settings
  return (
    <SettingsForm id="sign-in" title="Sign-in and consent" action={action}>
      <SwitchField
        label="People can make their own account"
        name="signUpOpen"
        defaultChecked={signUpOpen}
        hint="Off: only users you add can sign in."
      />
      <SwitchField
        label="Offer every scope"
        name="offerAllScopes"
        defaultChecked={offerAllScopes}
        hint="The consent page also lists scopes the client did not ask for, not ticked. Some clients ask for too few."
      />
    </SettingsForm>
  )
}
