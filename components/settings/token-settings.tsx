import { SelectField } from '../ui/field.tsx'
import { DaysField } from './days-field.tsx'
import { Setting, SettingSwitch } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function TokenSettings({ project, action }: SettingsProps) {
  const { settings } = project
  return (
    <SettingsForm id="tokens" title="Tokens" action={action} footer="Applies to tokens issued from now on.">
      <Setting name="signingAlgorithm">
        <SelectField
          label="Signing algorithm"
          name="signingAlgorithm"
          defaultValue={settings.signingAlgorithm}
          hint="RS256 only for servers that cannot verify ES256. After a change, rotate the signing key under Keys & secrets; your server must then accept the new algorithm."
        >
          <option value="ES256">ES256 (default)</option>
          <option value="RS256">RS256</option>
        </SelectField>
      </Setting>
      <Setting name="keyRotationDays">
        <DaysField
          label="A signing key signs for"
          name="keyRotationDays"
          presets={[30, 90, 180, 365]}
          now={settings.keyRotationDays}
          never="Until I rotate it"
          hint="Then the next one takes over, which every JWKS has known for long, so nobody notices. Shorter: a stolen key is of use for less time. By hand: only for servers that have the key typed in."
        />
      </Setting>
      <Setting name="tokenType">
        <SelectField
          label="Spelling of the token type"
          name="tokenType"
          defaultValue={settings.tokenType}
          hint="Clients repeat it in the Authorization header. Bearer only for a server that compares it letter by letter."
        >
          <option value="bearer">bearer (default)</option>
          <option value="Bearer">Bearer</option>
        </SelectField>
      </Setting>
      <SettingSwitch
        label="Refresh tokens only on request"
        name="offlineAccessRequired"
        settings={settings}
        hint="Only for clients that ask for offline_access. Many never do, and their users then sign in again whenever a token expires."
      />
    </SettingsForm>
  )
}
