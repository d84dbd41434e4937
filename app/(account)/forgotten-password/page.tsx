import type { Metadata } from 'next'
import { canMailMembers } from '#lib/management/account/sender.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { ForgottenPasswordForm } from '../../../components/account/forgotten-password-form.tsx'
import { TextLink } from '../../../components/account/text-link.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { forgottenPasswordAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Forgotten password' }

export default function ForgottenPasswordPage() {
  return (
    <AccountCard
      title="Forgotten password"
      description="We mail you a link to choose a new one."
      footer={
        <>
          You remember it? <TextLink href="/login">Log in</TextLink>
        </>
      }
    >
      {canMailMembers() ? (
        <ForgottenPasswordForm action={forgottenPasswordAction} />
      ) : (
        <Notice tone="warn" title="This installation sends no mail">
          Log in with a passkey or a provider, or ask whoever runs it to set SMTP_URL.
        </Notice>
      )}
    </AccountCard>
  )
}
