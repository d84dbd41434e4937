'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

/** For whoever is signed in with the invited address. */
export function AcceptForm({ token, organisation, action }: { token: string; organisation: string; action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" pending={form.pending}>
        Join {organisation}
      </Button>
    </ActionForm>
  )
}

/** A new account; its address is the invitation's. */
export function JoinForm({ token, email, action }: { token: string; email: string; action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <input type="hidden" name="token" value={token} />
      <NameField {...form.field('name')} autoComplete="name" />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" value={email} readOnly hint="The invited address." />
      <NewPasswordField label="Password" name="password" error={form.error('password')} />
      <Button type="submit" pending={form.pending} className="mt-1">
        Make an account and join
      </Button>
    </ActionForm>
  )
}

type PlainAction = (form: FormData) => Promise<void>

export function LogInFirst({ token, email, canJoin, action }: { token: string; email: string; canJoin: boolean; action: PlainAction }) {
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      {!canJoin && (
        <Notice title="No account yet?">
          Open the link in the mail that was sent to {email}: it makes one. It proves that you read this address.
        </Notice>
      )}
      <Button type="submit" tone={canJoin ? 'secondary' : 'primary'}>
        {canJoin ? 'I have an account: log in' : 'Log in'}
      </Button>
    </form>
  )
}

type AnotherProps = { token: string; invited: string; signedInAs: string; action: PlainAction }

export function UseAnotherAccount({ token, invited, signedInAs, action }: AnotherProps) {
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <Notice tone="warn" title="This invitation is for another address">
        It is for {invited}, and you are signed in as {signedInAs}. Sign out to answer it, or ask for one to your own address.
      </Notice>
      <Button type="submit" tone="secondary">
        Sign out and go on
      </Button>
    </form>
  )
}
