import type { Metadata } from 'next'
import { isOpen } from '#lib/management/account/challenge.ts'
import { currentMember } from '#lib/session/require-member.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { ConfirmEmailForm } from '../../../components/account/confirm-email-form.tsx'
import { TextLink } from '../../../components/account/text-link.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { one } from '../../search-params.ts'
import { confirmEmailAction, confirmEmailChangeAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Confirm your address', robots: { index: false } }

export default async function VerifyEmailPage({ searchParams }: PageProps<'/verify-email'>) {
  const token = one(await searchParams, 'token') ?? ''
  return (
    <AccountCard
      title="Confirm your address"
      description="So that a forgotten password can reach you."
      footer={<TextLink href="/profile">To your profile</TextLink>}
    >
      {await formFor(token)}
    </AccountCard>
  )
}

async function formFor(token: string) {
  if (await isOpen('verify-email', token)) return <ConfirmEmailForm action={confirmEmailAction.bind(null, token)} />
  if (!(await isOpen('change-email', token)))
    return <Notice tone="warn">This link was used, replaced or has expired. Ask for a new one on your profile.</Notice>
  if (!(await currentMember())) return <Notice tone="warn">Log in first, in this browser, and open the link once more.</Notice>
  return <ConfirmEmailForm action={confirmEmailChangeAction.bind(null, token)} />
}
