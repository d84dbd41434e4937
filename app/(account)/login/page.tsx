import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { offeredProviders } from '#lib/session/providers.ts'
import { currentMember } from '#lib/session/require-member.ts'
import { returnPath } from '#lib/session/return-path.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { doneWords, problemWords } from '../../../components/account/account-words.ts'
import { LoginForm } from '../../../components/account/login-form.tsx'
import { PasskeyLogin } from '../../../components/account/passkey-login.tsx'
import { ProviderButton } from '../../../components/account/provider-button.tsx'
import { TextLink } from '../../../components/account/text-link.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { one } from '../../search-params.ts'
import { loginAction, passkeyLoginAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Log in' }

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const params = await searchParams
  const next = returnPath(one(params, 'next'))
  if (await currentMember()) redirect(next ?? '/projects')
  const said = (name: 'problem' | 'provider' | 'error') => ({ [name]: one(params, name) })
  const done = doneWords(one(params, 'done'))
  const problem = problemWords({ ...said('problem'), ...said('provider'), ...said('error') })
  return (
    <AccountCard
      title="Log in"
      description="To the dashboard of your projects."
      footer={
        <>
          No account yet? <TextLink href="/sign-up">Sign up</TextLink>
        </>
      }
    >
      <div className="grid gap-4">
        {done && <Notice>{done}</Notice>}
        {problem && <Notice tone="bad">{problem}</Notice>}
        <LoginForm action={loginAction} next={next} />
        <PasskeyLogin action={passkeyLoginAction} next={next} />
        {offeredProviders().map((provider) => (
          <ProviderButton key={provider.id} provider={provider} callbackUrl={next ?? '/projects'} />
        ))}
      </div>
    </AccountCard>
  )
}
