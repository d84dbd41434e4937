import type { Metadata } from 'next'
import { isOpen } from '#lib/management/account/challenge.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { ResetPasswordForm } from '../../../components/account/reset-password-form.tsx'
import { TextLink } from '../../../components/account/text-link.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { one } from '../../search-params.ts'
import { resetPasswordAction } from '../actions.ts'

export const metadata: Metadata = { title: 'New password', robots: { index: false } }

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const token = one(await searchParams, 'token') ?? ''
  return (
    <AccountCard
      title="Choose a new password"
      description="Then log in with it."
      footer={
        <>
          You need another link? <TextLink href="/forgotten-password">Ask for one</TextLink>
        </>
      }
    >
      {(await isOpen('reset-password', token)) ? (
        <ResetPasswordForm action={resetPasswordAction.bind(null, token)} />
      ) : (
        <Notice tone="warn">This link was used, replaced or has expired.</Notice>
      )}
    </AccountCard>
  )
}
