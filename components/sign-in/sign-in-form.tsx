import type { Words } from '#lib/words/en.ts'
import { accountName } from '../consent/account-name.ts'
import { ClientOrigin, identityOf } from '../consent/client-origin.tsx'
import { pageWords } from '../end-user/words.ts'
import { Notice } from '../ui/notice.tsx'
import { CodeForm } from './code-form.tsx'
import { EnterForm } from './enter-form.tsx'
import { problemWords } from './problems.ts'
import { ResetForm } from './reset-form.tsx'
import { LINK, type SignInProps } from './sign-in-props.ts'
import { SignUpForm } from './sign-up-form.tsx'

export type SignInMode = 'sign-in' | 'sign-up' | 'code' | 'reset' | 'sent'

/** The sign-in page: who asks, what went wrong (and with which provider, by its name), and the form for what is being done. */
export async function SignInForm({
  mode,
  error,
  provider = null,
  done = null,
  ...props
}: SignInProps & { mode: SignInMode; error: string | null; provider?: string | null; done?: string | null }) {
  const { page, hrefs } = props
  const words = await pageWords()
  const problem = problemWords(error, words)
  return (
    <>
      <header className="grid gap-2">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{titleOf(mode, page, words)}</h1>
        {page.client && (
          <>
            <p className="wrap-anywhere text-ink-soft">
              {words.signIn.toConnect(
                <strong key="client" className="font-semibold text-ink">
                  {identityOf(page.client)}
                </strong>,
              )}
            </p>
            <ClientOrigin client={page.client} />
          </>
        )}
      </header>
      {page.account && mode === 'sign-in' && (
        <Notice>
          {words.signIn.alreadyAs(
            <strong key="account" className="font-medium text-ink">
              {accountName(page.account, words)}
            </strong>,
          )}{' '}
          <a href={hrefs.goOn} className={LINK}>
            {words.signIn.goOn}
          </a>
        </Notice>
      )}
      {done === 'reset' && <Notice>{words.signIn.resetDone}</Notice>}
      {problem && (
        <Notice tone="bad" {...(provider ? { title: provider } : {})}>
          {problem}
        </Notice>
      )}
      <FormOf mode={mode} {...props} />
    </>
  )
}

function titleOf(mode: SignInMode, { projectName, mailed }: SignInProps['page'], { signIn }: Words): string {
  if (mode === 'reset') return signIn.resetTitle
  if (mode === 'sent' || (mode === 'code' && mailed)) return signIn.mailTitle
  return mode === 'sign-up' ? signIn.signUpTitle(projectName) : signIn.title(projectName)
}

function FormOf({ mode, ...props }: SignInProps & { mode: SignInMode }) {
  switch (mode) {
    case 'sign-in':
      return <EnterForm {...props} />
    case 'sign-up':
      return <SignUpForm {...props} />
    case 'code':
      return <CodeForm {...props} />
    case 'reset':
      return <ResetForm {...props} />
    case 'sent':
      return <ResetSent {...props} />
  }
}

async function ResetSent({ hrefs }: SignInProps) {
  const words = (await pageWords()).signIn
  return (
    <>
      <p className="text-ink-soft">{words.sent}</p>
      <p className="text-ink-soft">
        <a href={hrefs.signIn} className={LINK}>
          {words.back}
        </a>
      </p>
    </>
  )
}
