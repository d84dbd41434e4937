import { SwitchField } from '../ui/field.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function SignInSettings({ project, action }: SettingsProps) {
  const { signUpOpen, offerAllScopes, signInPassword, signInEmail, signInPasskey } = project.settings
  const noMail = project.mail === 'none'
  return (
    <SettingsForm id="sign-in" title="Sign-in and consent" action={action}>
      <SwitchField
        label="Password"
        name="signInPassword"
        defaultChecked={signInPassword}
        hint="People sign in with an e-mail address and a password."
      />
      <SwitchField
        label="Code by e-mail"
        name="signInEmail"
        defaultChecked={signInEmail && !noMail}
        disabled={noMail}
        hint={
          noMail
            ? 'This installation can not send mail: whoever runs it has to set SMTP_URL and MAIL_FROM.'
            : 'People get six digits and a link, and need no password. Their address is proven by it.'
        }
      />
      <SwitchField
        label="Passkey"
        name="signInPasskey"
        defaultChecked={signInPasskey}
        hint="People sign in with their device. They add a passkey on their account page, so a first sign-in needs another way."
      />
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
