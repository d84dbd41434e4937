import { AccountForm, type AccountFormProps } from '../account-page/account-form.tsx'
import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'

/** In two steps, without a script. */
export async function DisconnectAll({ form }: { form: AccountFormProps }) {
  const words = (await pageWords()).connectedApps
  return (
    <details>
      <summary className="w-fit rounded text-ink-soft underline decoration-line-strong underline-offset-4">{words.all}</summary>
      <AccountForm {...form} intent="disconnect-all" className="mt-4 grid gap-3">
        <p className="text-[13px] text-ink-soft">{words.allText}</p>
        <Button type="submit" tone="danger-quiet" className="justify-self-start">
          {words.allButton}
        </Button>
      </AccountForm>
    </details>
  )
}
