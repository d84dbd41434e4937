import { CodeField } from '../ui/code-field.tsx'
import { SelectField } from '../ui/field.tsx'
import { Setting, SettingSwitch } from './setting.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsProps } from './settings-props.ts'

export function ProtocolSettings({ project, action }: SettingsProps) {
  const { dpop, allowedOrigins } = project.settings
  return (
    <SettingsForm id="protocol" title="Protocol" action={action}>
      <SettingSwitch
        label="Name the issuer in authorization responses"
        name="issParameter"
        settings={project.settings}
        hint="RFC 9207: protects clients that use several servers. The metadata advertises it and responses carry it, or neither. Off only for clients that cannot cope, such as old versions of mcp-remote."
      />
      <SettingSwitch
        label="Pushed authorization requests"
        name="pushedRequests"
        settings={project.settings}
        hint="RFC 9126: a client may leave its request with us first and send the browser with a reference to it."
      />
      <SettingSwitch
        label="OpenID Connect"
        name="openidConnect"
        settings={project.settings}
        hint="Offers openid, profile and email, ID tokens and the userinfo endpoint. ChatGPT needs it to restrict sign-in to your domain."
      />
      <Setting name="dpop">
        <SelectField
          label="DPoP"
          name="dpop"
          defaultValue={dpop}
          hint="RFC 9449: a token then works only together with a key that its client holds. Clients that know nothing of it go on as before."
        >
          <option value="off">Off (default)</option>
          <option value="on">For clients that send a proof</option>
          <option value="nonce">For clients that send a proof, with a nonce of ours in it</option>
        </SelectField>
      </Setting>
      <Setting name="allowedOrigins">
        <CodeField
          label="Origins that browsers may call from"
          name="allowedOrigins"
          rows={2}
          placeholder={'https://app.example.com'}
          defaultValue={allowedOrigins.join('\n')}
          hint="One per line. Left empty: any, without cookies, which is what every client is tested with."
        />
      </Setting>
    </SettingsForm>
  )
}
