import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentMember } from '#lib/session/require-member.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { LoginForm } from '../../../components/account/login-form.tsx'
import { loginAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Log in' }

export default async function LoginPage() {
  if (await currentMember()) redirect('/projects')
  return (
    <AccountCard
      title="Log in"
      description="To the dashboard of your projects."
      footer={
        <>
          No account yet?{' '}
          <Link
            href="/sign-up"
            className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            Sign up
          </Link>
        </>
      }
    >
      <LoginForm action={loginAction} />
    </AccountCard>
  )
}
