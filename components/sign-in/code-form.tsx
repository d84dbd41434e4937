import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Form } from './form.tsx'
import { LINK, type SignInProps } from './sign-in-props.ts'

/** The code from a mail. Its words are the same for every address. */
export async function CodeForm({ action, page, hrefs }: SignInProps) {
  const words = (await pageWords()).signIn
  const { mailed } = page
  if (!mailed) {
    return (
      <>
        <Notice tone="warn">{words.noCode}</Notice>
        <p>
          <a href={hrefs.signIn} className={LINK}>
            {words.askAnew}
          </a>
        </p>
      </>
    )
  }
  return (
    <>
      <p className="wrap-anywhere text-ink-soft">
        {(mailed.signUp ? words.wroteTo : words.codeOnItsWay)(
          <strong key="email" className="font-medium text-ink">
            {mailed.email}
          </strong>,
        )}
      </p>
      <Form action={action} page={page} intent="enter-code" fields={{ challenge: mailed.challenge }}>
        <CodeField />
        {mailed.signUp && <NewPasswordFields email={mailed.email} />}
        <Button type="submit" className="mt-1 h-10">
          {mailed.signUp ? words.create : words.goOnButton}
        </Button>
      </Form>
      <Form
        action={action}
        page={page}
        intent={mailed.signUp ? 'sign-up' : 'email-code'}
        fields={{ email: mailed.email }}
        className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft"
      >
        <button type="submit" className={LINK}>
          {words.resend}
        </button>
        <a href={mailed.signUp ? hrefs.signUp : hrefs.signIn} className={LINK}>
          {words.otherAddress}
        </a>
      </Form>
    </>
  )
}

export async function CodeField() {
  const words = (await pageWords()).signIn
  return (
    <TextField
      label={words.code}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      maxLength={16}
      spellCheck={false}
      className="h-11 font-mono text-lg tracking-[0.3em]"
    />
  )
}

/** The address is there for the password manager, which keeps it with the new password. */
export async function NewPasswordFields({ email, label }: { email: string; label?: string }) {
  const words = (await pageWords()).signIn
  return (
    <>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField label={label ?? words.choosePassword} name="password" hint={words.passwordHint} className="h-10" />
    </>
  )
}
