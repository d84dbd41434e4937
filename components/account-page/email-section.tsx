import { pageWords } from '../end-user/words.ts'
import { CodeField } from '../sign-in/code-form.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { AccountSection } from './account-card.tsx'
import { AccountForm, type AccountFormProps } from './account-form.tsx'

type EmailSectionProps = {
  form: AccountFormProps
  account: { email: string | null; verified: boolean; asksPassword: boolean }
  /** Without mail an address can be neither confirmed nor changed. */
  canMail: boolean
  mailed: { challenge: string; email: string } | null
}

export async function EmailSection({ form, account, canMail, mailed }: EmailSectionProps) {
  const words = (await pageWords()).account
  return (
    <AccountSection title={words.email}>
      <p className="flex flex-wrap items-center gap-2">
        <span className="wrap-anywhere">{account.email ?? words.noEmail}</span>
        {account.email !== null &&
          (account.verified ? <Badge tone="good">{words.confirmed}</Badge> : <Badge tone="warn">{words.unconfirmed}</Badge>)}
      </p>
      {mailed && (
        <AccountForm {...form} intent="enter-code" fields={{ challenge: mailed.challenge }}>
          <p className="wrap-anywhere text-[13px] text-ink-soft">
            {words.enterCode(
              <strong key="email" className="font-medium text-ink">
                {mailed.email}
              </strong>,
            )}
          </p>
          <CodeField />
          <Button type="submit">{words.confirm}</Button>
        </AccountForm>
      )}
      {canMail && account.email !== null && !account.verified && !mailed && (
        <AccountForm {...form} intent="confirm-email" className="flex">
          <Button type="submit" tone="secondary" size="sm">
            {words.confirmThis}
          </Button>
        </AccountForm>
      )}
      {canMail && (
        <details className="group">
          <summary className="w-fit rounded text-ink-soft underline decoration-line-strong underline-offset-4">
            {account.email === null ? words.addEmail : words.changeEmail}
          </summary>
          <AccountForm {...form} intent="change-email" className="mt-4 grid gap-4">
            <TextField label={words.newEmail} name="email" type="email" autoComplete="email" required maxLength={254} />
            {account.asksPassword && <CurrentPassword />}
            <Button type="submit" tone="secondary">
              {words.sendCode}
            </Button>
          </AccountForm>
        </details>
      )}
    </AccountSection>
  )
}

export async function CurrentPassword() {
  const words = (await pageWords()).account
  return (
    <TextField label={words.currentPassword} name="password" type="password" autoComplete="current-password" required maxLength={128} />
  )
}
