import { pageWords } from '../end-user/words.ts'
import { PasskeySignIn } from '../passkeys/passkey-sign-in.tsx'
import { passkeyWordsOf } from '../passkeys/passkey-words.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { EmailField } from './email-field.tsx'
import { Form, hiddenFields } from './form.tsx'
import { HandoffLink } from './handoff-link.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { LINK, type SignInProps } from './sign-in-props.ts'

/** One field for the address, whichever way it is proven; the password manager recognises both. Enter means the first button. */
export async function EnterForm({ action, page, hrefs, prompt }: SignInProps) {
  const { ways } = page
  const words = await pageWords()
  return (
    <>
      {(ways.password || ways.emailCode) && (
        <Form action={action} page={page}>
          <EmailField page={page} autoComplete={ways.passkey ? 'username webauthn' : 'username'} />
          {ways.password && (
            <>
              <TextField
                label={words.signIn.password}
                name="password"
                type="password"
                autoComplete="current-password"
                required
                maxLength={128}
                className="h-10"
              />
              <Button type="submit" name="intent" value="sign-in" className="mt-1 h-10">
                {words.signIn.signIn}
              </Button>
            </>
          )}
          {ways.emailCode && (
            <Button
              type="submit"
              name="intent"
              value="email-code"
              tone={ways.password ? 'secondary' : 'primary'}
              formNoValidate={ways.password}
              className="h-10"
            >
              {words.signIn.sendCode}
            </Button>
          )}
        </Form>
      )}
      {ways.passkey && (
        <PasskeySignIn
          action={action}
          fields={hiddenFields(page)}
          words={passkeyWordsOf(words)}
          only={!ways.password && !ways.emailCode && !ways.handoff && ways.providers.length === 0}
          autofill={ways.password || ways.emailCode}
        />
      )}
      {ways.handoff && <HandoffLink host={ways.handoff} href={hrefs.handoff} only={!ways.password && !ways.emailCode && !ways.passkey} />}
      <ProviderButtons
        action={action}
        page={page}
        prompt={prompt}
        only={!ways.password && !ways.emailCode && !ways.passkey && !ways.handoff}
      />
      {(ways.reset || ways.passwordSignUp) && (
        <div className="grid gap-1.5 text-ink-soft">
          {ways.reset && (
            <p>
              <a href={hrefs.reset} className={LINK}>
                {words.signIn.forgot}
              </a>
            </p>
          )}
          {ways.passwordSignUp && (
            <p>
              {words.signIn.newHere}{' '}
              <a href={hrefs.signUp} className={LINK}>
                {words.signIn.createAccount}
              </a>
            </p>
          )}
        </div>
      )}
    </>
  )
}
