import type { Words } from '#lib/words/en.ts'
import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { NewPasswordFields } from './code-form.tsx'
import { Form } from './form.tsx'
import { problemWords } from './problems.ts'

type Shown = { projectName: string; email: string }

type EmailLinkProps = {
  token: string
  error: string | null
  /** Where the form goes. */
  action: string
  /** Of the request that a reset came from. */
  request: string | null
  link:
    | ({ kind: 'elsewhere'; code: string } & Shown)
    | ({ kind: 'sign-in'; signUp: boolean; destination: { name: 'request' | 'next'; value: string }; csrf: string } & Shown)
    | ({ kind: 'reset' } & Shown)
    | ({ kind: 'confirm'; csrf: string } & Shown)
}

/** The page of a mailed link: one click, because programs that scan mail open links too. */
export async function EmailLinkForm(props: EmailLinkProps) {
  const { link, error } = props
  const words = await pageWords()
  const problem = problemWords(error, words)
  return (
    <>
      <header className="grid gap-2">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{titleOf(link, words)}</h1>
        <p className="wrap-anywhere text-ink-soft">
          {words.emailLink.as(
            <strong key="email" className="font-medium text-ink">
              {link.email}
            </strong>,
          )}
        </p>
      </header>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <FormOf {...props} />
    </>
  )
}

function titleOf(link: EmailLinkProps['link'], { emailLink, signIn }: Words): string {
  switch (link.kind) {
    case 'reset':
      return emailLink.resetTitle(link.projectName)
    case 'confirm':
      return emailLink.confirmTitle
    case 'elsewhere':
      return emailLink.elsewhereTitle(link.projectName)
    case 'sign-in':
      return link.signUp ? signIn.signUpTitle(link.projectName) : signIn.title(link.projectName)
  }
}

async function FormOf({ link, token, action, request }: EmailLinkProps) {
  const { emailLink, signIn } = await pageWords()
  switch (link.kind) {
    case 'elsewhere':
      return (
        <>
          <p className="text-ink-soft">{emailLink.elsewhere}</p>
          <p className="font-mono font-semibold text-3xl tracking-[0.25em]">{link.code}</p>
          <Notice tone="warn">{emailLink.elsewhereWarning}</Notice>
        </>
      )
    case 'sign-in':
      return (
        <Form action={action} page={link} intent="email-link" fields={{ token }}>
          {link.signUp && <NewPasswordFields email={link.email} />}
          <Button type="submit" className="mt-1 h-10">
            {link.signUp ? signIn.create : signIn.signIn}
          </Button>
        </Form>
      )
    case 'reset':
      return (
        <form method="post" action={action} className="grid gap-4">
          <input type="hidden" name="token" value={token} />
          {request && <input type="hidden" name="request" value={request} />}
          <p className="text-ink-soft">{emailLink.resetText}</p>
          <NewPasswordFields email={link.email} label={emailLink.newPassword} />
          <Button type="submit" className="mt-1 h-10">
            {emailLink.changePassword}
          </Button>
        </form>
      )
    case 'confirm':
      return (
        <form method="post" action={action} className="grid gap-4">
          <input type="hidden" name="csrf" value={link.csrf} />
          <input type="hidden" name="intent" value="email-link" />
          <input type="hidden" name="token" value={token} />
          <Button type="submit" className="mt-1 h-10">
            {emailLink.confirm}
          </Button>
        </form>
      )
  }
}
