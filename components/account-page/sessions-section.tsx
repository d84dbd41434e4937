import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { AccountSection } from './account-card.tsx'
import { AccountForm, type AccountFormProps } from './account-form.tsx'

export async function SessionsSection({ form }: { form: AccountFormProps }) {
  const words = (await pageWords()).account
  return (
    <AccountSection title={words.sessions} description={words.sessionsText}>
      <div className="flex flex-wrap gap-3">
        <AccountForm {...form} intent="sign-out" className="flex">
          <Button type="submit" tone="secondary">
            {words.signOut}
          </Button>
        </AccountForm>
        <AccountForm {...form} intent="sign-out-everywhere" className="flex">
          <Button type="submit" tone="danger-quiet">
            {words.signOutEverywhere}
          </Button>
        </AccountForm>
      </div>
    </AccountSection>
  )
}
