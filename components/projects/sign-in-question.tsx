'use client'

import { KeyRound, Landmark, SquareArrowOutUpRight, UserRound } from 'lucide-react'
import { type ComponentType, type ReactNode, useId } from 'react'
import type { ListedProvider } from '#lib/management/upstream-providers/list.ts'
import { AddProviderDialog } from '../settings/provider-dialog.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type SignInQuestionProps = {
  next: Pick<ListedProvider, 'id' | 'callbackUrls'>
  /** Keeps accounts here. */
  keepOwn: FormAction
  addProvider: FormAction
  savePage: FormAction
  /** Asks no more, and changes nothing. */
  skip: FormAction
}

/** The one question of a new project. Each answer is a setting that can be changed later; none is needed to go on. */
export function SignInQuestion({ next, keepOwn, addProvider, savePage, skip }: SignInQuestionProps) {
  return (
    <Card id="who-signs-in">
      <CardHeader title="Who signs your users in?" description="One question, which the settings can answer otherwise at any time." />
      <CardBody>
        <ul className="grid gap-3 md:grid-cols-3">
          <Answer
            icon={UserRound}
            title="Gatehouse’s own accounts"
            words="People make an account here, with a password; codes by e-mail and passkeys are a switch away."
          >
            <ActButton action={keepOwn} done="People sign in with accounts of this project" size="sm">
              Use own accounts
            </ActButton>
          </Answer>
          <Answer
            icon={Landmark}
            title="An identity provider you have"
            words="GitHub, Google, Microsoft Entra, Okta, or any OpenID provider. Passwords stay beside it until you switch them off."
          >
            <AddProviderDialog id={next.id} callbackUrls={next.callbackUrls} action={addProvider} label="Add a provider" />
          </Answer>
          <Answer
            icon={SquareArrowOutUpRight}
            title="Your own sign-in page"
            words="People go where they always sign in; your server tells ours who it was, in one call."
          >
            <PageDialog action={savePage} />
          </Answer>
        </ul>
      </CardBody>
      <CardFooter>
        <span className="flex min-w-0 flex-1 basis-56 items-center gap-2">
          <KeyRound aria-hidden className="size-4 shrink-0 text-ink-faint" />
          Until it is answered, own accounts with a password work.
        </span>
        <ActButton action={skip} done="It stands under Settings, Sign-in" tone="ghost" size="sm">
          Ask me no more
        </ActButton>
      </CardFooter>
    </Card>
  )
}

type AnswerProps = { icon: ComponentType<{ className?: string }>; title: string; words: string; children: ReactNode }

function Answer({ icon: Icon, title, words, children }: AnswerProps) {
  const id = useId()
  return (
    <li aria-labelledby={id} className="grid min-w-0 grid-rows-[auto_1fr_auto] gap-2 rounded-lg border p-4 text-[13px]">
      <h3 id={id} className="flex items-center gap-2 font-medium">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
        {title}
      </h3>
      <p className="text-ink-soft">{words}</p>
      <div className="mt-1">{children}</div>
    </li>
  )
}

function PageDialog({ action }: { action: FormAction }) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary" size="sm">
          Name the page
        </Button>
      }
      title="Your own sign-in page"
    >
      {(close) => <PageForm action={action} close={close} />}
    </FormDialog>
  )
}

function PageForm({ action, close }: { action: FormAction; close: () => void }) {
  // Said with the answer: the question leaves the page with it.
  const form = useForm<string | null>(async (state, filled) => {
    const answer = await action(state, filled)
    if (answer.kind === 'done') toast.success('People can sign in on your page')
    return answer
  }, close)
  return (
    <ActionForm form={form}>
      <TextField
        label="Address of the page"
        name="handoffUrl"
        type="url"
        inputMode="url"
        required
        spellCheck={false}
        maxLength={2048}
        placeholder="https://app.example.com/sign-in"
        hint="It gets a signed request. What your server does with it stands under Settings, Sign-in."
        error={form.error('handoffUrl')}
      />
      <FormFooter pending={form.pending}>Save</FormFooter>
    </ActionForm>
  )
}
