import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { halfOpenSession } from '#lib/session/sign-in.ts'
import { AccountCard } from '../../../../components/account/account-card.tsx'
import { SecondFactorForm } from '../../../../components/account/second-factor-form.tsx'
import { TextLink } from '../../../../components/account/text-link.tsx'
import { secondFactorAction } from '../../actions.ts'

export const metadata: Metadata = { title: 'Second factor' }

export default async function SecondFactorPage() {
  if (!(await halfOpenSession())) redirect('/login')
  return (
    <AccountCard
      title="Enter your code"
      description="Your account asks for a second factor."
      footer={
        <>
          Not you? <TextLink href="/login">Log in as somebody else</TextLink>
        </>
      }
    >
      <SecondFactorForm action={secondFactorAction} />
    </AccountCard>
  )
}
