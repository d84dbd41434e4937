import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { accountPage } from '#lib/issuer/account-page.ts'
import { pathOf } from '#lib/issuer/locate.ts'
import { AppsSection } from '../../../components/account-page/apps-section.tsx'
import { EmailSection } from '../../../components/account-page/email-section.tsx'
import { PasskeySection } from '../../../components/account-page/passkey-section.tsx'
import { PasswordSection } from '../../../components/account-page/password-section.tsx'
import { SessionsSection } from '../../../components/account-page/sessions-section.tsx'
import { accountName } from '../../../components/consent/account-name.ts'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { doneWords, pageWords } from '../../../components/end-user/words.ts'
import { problemWords } from '../../../components/sign-in/problems.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { called, one } from '../called.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).account.tab } })

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AccountPage({ searchParams }: Asked) {
  const query = await searchParams
  const { issuerUrl, cookies } = await called()
  const page = await accountPage(issuerUrl, query.challenge, cookies)
  if (page.kind === 'nowhere') notFound()
  if (page.kind === 'signed-out') redirect(pathOf(page.issuerUrl, '/sign-in?next=account'))

  const form = { action: pathOf(page.issuerUrl, '/oauth/account'), csrf: page.csrf }
  const words = await pageWords()
  const problem = problemWords(one(query.error), words)
  const done = doneWords(one(query.done), words.account.done)
  return (
    <Sheet host={new URL(page.issuerUrl).host}>
      <header className="grid gap-1">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{words.account.title(page.projectName)}</h1>
        <p className="wrap-anywhere text-ink-soft">
          {words.signedInAs(
            <strong key="account" className="font-medium text-ink">
              {accountName(page.account, words)}
            </strong>,
          )}
        </p>
      </header>
      {done && <Notice>{done}</Notice>}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <EmailSection form={form} account={page.account} canMail={page.canMail} mailed={page.mailed} />
      {page.passwords && page.account.email !== null && <PasswordSection form={form} account={page.account} />}
      {page.passkeys && (
        <PasskeySection form={form} passkeys={page.passkeys} signInHref={pathOf(page.issuerUrl, '/sign-in?next=account')} />
      )}
      <AppsSection href={pathOf(page.issuerUrl, '/connected-apps')} />
      <SessionsSection form={form} />
    </Sheet>
  )
}
