import { SettingSwitch } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function SignInSettings({ project, action }: SettingsProps) {
  const noMail = project.mail === 'none'
  return (
    <SettingsForm id="sign-in" title="Sign-in and consent" action={action}>
      <SettingSwitch
        label="Password"
        name="signInPassword"
        settings={project.settings}
        hint="People sign in with an e-mail address and a password."
      />
      <SettingSwitch
        label="Code by e-mail"
        name="signInEmail"
        settings={project.settings}
        disabled={noMail}
        hint={
          noMail
            ? 'This installation can not send mail: whoever runs it has to set SMTP_URL and MAIL_FROM.'
            : 'People get six digits and a link, and need no password. Their address is proven by it.'
        }
      />
      <SettingSwitch
        label="Passkey"
        name="signInPasskey"
        settings={project.settings}
        hint="People sign in with their device. They add a passkey on their account page, so a first sign-in needs another way."
      />
      <SettingSwitch
        label="People can make their own account"
        name="signUpOpen"
        settings={project.settings}
        hint="Off: only users you add can sign in."
      />
      <SettingSwitch
        label="Offer every scope"
        name="offerAllScopes"
        settings={project.settings}
        hint="The consent page also lists scopes the client did not ask for, not ticked. Some clients ask for too few."
      />
    </SettingsForm>
  )
}
