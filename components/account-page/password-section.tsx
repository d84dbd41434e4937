import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { AccountSection } from './account-card.tsx'
import { AccountForm, type AccountFormProps } from './account-form.tsx'
import { CurrentPassword } from './email-section.tsx'

export async function PasswordSection({
  form,
  account,
}: {
  form: AccountFormProps
  account: { email: string | null; asksPassword: boolean }
}) {
  const { account: words, emailLink, signIn } = await pageWords()
  const title = account.asksPassword ? words.changePassword : words.setPassword
  return (
    <AccountSection title={words.password} description={words.passwordText}>
      <details>
        <summary className="w-fit rounded text-ink-soft underline decoration-line-strong underline-offset-4">{title}</summary>
        <AccountForm {...form} intent="change-password" className="mt-4 grid gap-4">
          <input type="email" autoComplete="username" value={account.email ?? ''} readOnly hidden />
          {account.asksPassword && <CurrentPassword />}
          <NewPasswordField label={emailLink.newPassword} name="new_password" hint={signIn.passwordHint} />
          <Button type="submit" tone="secondary">
            {title}
          </Button>
        </AccountForm>
      </details>
    </AccountSection>
  )
}
