import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentMember } from '#lib/session/require-member.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { SignUpForm } from '../../../components/account/sign-up-form.tsx'
import { signUpAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignUpPage() {
  if (await currentMember()) redirect('/projects')
  return (
    <AccountCard
      title="Sign up"
      description="Your first project is the next screen."
      footer={
        <>
          Have an account?{' '}
          <Link href="/login" className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current">
            Log in
          </Link>
        </>
      }
    >
      <SignUpForm action={signUpAction} />
    </AccountCard>
  )
}
