import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { loginPath, returnPath } from '#lib/session/return-path.ts'
import { halfOpenSession } from '#lib/session/sign-in.ts'
import { AccountCard } from '../../../../components/account/account-card.tsx'
import { SecondFactorForm } from '../../../../components/account/second-factor-form.tsx'
import { TextLink } from '../../../../components/account/text-link.tsx'
import { one } from '../../../search-params.ts'
import { secondFactorAction } from '../../actions.ts'

export const metadata: Metadata = { title: 'Second factor' }

export default async function SecondFactorPage({ searchParams }: PageProps<'/login/second-factor'>) {
  const next = returnPath(one(await searchParams, 'next'))
  if (!(await halfOpenSession())) redirect(loginPath(next, false))
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
      <SecondFactorForm action={secondFactorAction} next={next} />
    </AccountCard>
  )
}
