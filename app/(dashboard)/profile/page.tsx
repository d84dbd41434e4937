import type { Metadata } from 'next'
import { getAccount } from '#lib/management/account/get.ts'
import { listSessions } from '#lib/management/account/list-sessions.ts'
import { canMailMembers } from '#lib/management/account/sender.ts'
import { offeredProviders } from '#lib/session/providers.ts'
import { accountContext } from '#lib/session/require-member.ts'
import { doneWords, problemWords } from '../../../components/account/account-words.ts'
import { Page } from '../../../components/layout/page.tsx'
import { EmailCard } from '../../../components/profile/email-card.tsx'
import { NameCard } from '../../../components/profile/name-card.tsx'
import { PasskeyCard } from '../../../components/profile/passkey-card.tsx'
import { PasswordCard } from '../../../components/profile/password-card.tsx'
import { ProviderCard } from '../../../components/profile/provider-card.tsx'
import { SecondFactorCard } from '../../../components/profile/second-factor-card.tsx'
import { SessionCard } from '../../../components/profile/session-card.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { one } from '../../search-params.ts'
import {
  addPasskeyAction,
  beginLinkAction,
  beginSecondFactorAction,
  changeEmailAction,
  changeNameAction,
  changePasswordAction,
  disableSecondFactorAction,
  enableSecondFactorAction,
  endOtherSessionsAction,
  endSessionAction,
  mailVerificationAction,
  passkeyCreationAction,
  removePasskeyAction,
  renamePasskeyAction,
  replaceRecoveryCodesAction,
  unlinkProviderAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Profile' }

export default async function ProfilePage({ searchParams }: PageProps<'/profile'>) {
  const ctx = await accountContext()
  const [account, sessions, params] = await Promise.all([getAccount(ctx), listSessions(ctx), searchParams])
  const done = doneWords(one(params, 'done'))
  const problem = problemWords({ problem: one(params, 'problem') ?? '', provider: one(params, 'provider') ?? '' })
  return (
    <Page title="Profile" description="Who you are here, how you sign in, and where you are signed in." width="narrow">
      {done && <Notice>{done}</Notice>}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <NameCard name={account.name} action={changeNameAction} />
      <EmailCard
        email={account.email}
        verified={account.emailVerified}
        canMail={canMailMembers()}
        confirm={mailVerificationAction}
        change={changeEmailAction}
      />
      <PasswordCard hasPassword={account.hasPassword} email={account.email} action={changePasswordAction} />
      <SecondFactorCard
        since={account.secondFactorSince}
        codesLeft={account.recoveryCodesLeft}
        actions={{
          begin: beginSecondFactorAction,
          enable: enableSecondFactorAction,
          replaceCodes: replaceRecoveryCodesAction,
          disable: disableSecondFactorAction,
        }}
      />
      <PasskeyCard
        passkeys={account.passkeys.map((passkey) => ({
          ...passkey,
          rename: renamePasskeyAction.bind(null, passkey.credentialId),
          remove: removePasskeyAction.bind(null, passkey.credentialId),
        }))}
        options={passkeyCreationAction}
        add={addPasskeyAction}
      />
      <ProviderCard
        offered={offeredProviders()}
        linked={account.providers.map((linked) => ({
          ...linked,
          unlink: unlinkProviderAction.bind(null, linked.provider, linked.subject),
        }))}
        begin={beginLinkAction}
      />
      <SessionCard
        sessions={sessions.map((session) => ({ ...session, end: endSessionAction.bind(null, session.id) }))}
        endOthers={endOtherSessionsAction}
      />
    </Page>
  )
}
