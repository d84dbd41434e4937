import { ClientOrigin } from '../consent/client-origin.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'

type SignInFormProps = {
  action: string
  mode: 'sign-in' | 'sign-up'
  error: string | null
  request: {
    handle: string
    csrf: string
    projectName: string
    loginHint: string | null
    client: { name: string; verified: boolean; host: string | null }
    account: { email: string } | null
  }
  hrefs: { signIn: string; signUp: string | null; consent: string }
}

const PROBLEMS: Record<string, string> = {
  credentials: 'E-mail address and password do not belong together.',
  throttled: 'Too many tries. Wait a few minutes, then try again.',
  busy: 'We are very busy at the moment. Try again in a few seconds.',
  exists: 'There is an account with this address already. Sign in, or use another address.',
  closed: 'New accounts can not be made here at the moment. Ask whoever runs this service.',
  invalid: 'Enter a full e-mail address and a password of 12 to 128 characters.',
}

/** A plain form: no script, no third party; the password manager recognises both fields. */
export function SignInForm({ action, mode, error, request, hrefs }: SignInFormProps) {
  const signUp = mode === 'sign-up'
  const problem = error && (PROBLEMS[error] ?? 'That did not work. Try again.')
  return (
    <>
      <header className="grid gap-2">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">
          {signUp ? `Create an account at ${request.projectName}` : `Sign in to ${request.projectName}`}
        </h1>
        <p className="wrap-anywhere text-ink-soft">
          to connect <strong className="font-semibold text-ink">{request.client.name}</strong>
        </p>
        <ClientOrigin client={request.client} />
      </header>
      {request.account && (
        <Notice>
          You are signed in as <strong className="font-medium text-ink">{request.account.email}</strong>.{' '}
          <a href={hrefs.consent} className={LINK}>
            Go on as this user
          </a>
        </Notice>
      )}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <form method="post" action={action} className="grid gap-4">
        <input type="hidden" name="request" value={request.handle} />
        <input type="hidden" name="csrf" value={request.csrf} />
        <input type="hidden" name="intent" value={mode} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={request.loginHint ?? ''}
          className="h-10"
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete={signUp ? 'new-password' : 'current-password'}
          required
          {...(signUp ? { minLength: 12, hint: 'At least 12 characters.' } : {})}
          maxLength={128}
          className="h-10"
        />
        <Button type="submit" className="mt-1 h-10">
          {signUp ? 'Create account' : 'Sign in'}
        </Button>
      </form>
      <Other signUp={signUp} hrefs={hrefs} />
    </>
  )
}

const LINK = 'font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current'

function Other({ signUp, hrefs }: { signUp: boolean; hrefs: SignInFormProps['hrefs'] }) {
  if (signUp) {
    return (
      <p className="text-ink-soft">
        Have an account?{' '}
        <a href={hrefs.signIn} className={LINK}>
          Sign in
        </a>
      </p>
    )
  }
  if (!hrefs.signUp) return null
  return (
    <p className="text-ink-soft">
      New here?{' '}
      <a href={hrefs.signUp} className={LINK}>
        Create an account
      </a>
    </p>
  )
}
