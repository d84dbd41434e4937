import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { connectedAppsPage } from '#lib/issuer/connected-apps-page.ts'
import { pathOf } from '#lib/issuer/locate.ts'
import { AppSection } from '../../../components/connected-apps/app-section.tsx'
import { DisconnectAll } from '../../../components/connected-apps/disconnect-all.tsx'
import { NoAppsYet } from '../../../components/connected-apps/no-apps-yet.tsx'
import { accountName } from '../../../components/consent/account-name.ts'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { doneWords, duration, pageWords } from '../../../components/end-user/words.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { called, one } from '../called.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).connectedApps.tab } })

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ConnectedAppsPage({ searchParams }: Asked) {
  const query = await searchParams
  const { issuerUrl, cookies } = await called()
  const page = await connectedAppsPage(issuerUrl, cookies)
  if (page.kind === 'nowhere') notFound()
  if (page.kind === 'signed-out') redirect(pathOf(page.issuerUrl, '/sign-in?next=connected-apps'))

  const form = { action: pathOf(page.issuerUrl, '/oauth/connected-apps'), csrf: page.csrf }
  const all = await pageWords()
  const words = all.connectedApps
  const done = doneWords(one(query.done), words.done)
  return (
    <Sheet host={new URL(page.issuerUrl).host}>
      <header className="grid gap-1">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{words.title(page.projectName)}</h1>
        <p className="wrap-anywhere text-ink-soft">
          {all.signedInAs(
            <strong key="account" className="font-medium text-ink">
              {accountName(page.account, all)}
            </strong>,
          )}
        </p>
        <Link
          href={pathOf(page.issuerUrl, '/account')}
          className="w-fit rounded text-[13px] text-ink-soft underline decoration-line-strong underline-offset-4"
        >
          {words.yourAccount}
        </Link>
      </header>
      {done && <Notice>{done}</Notice>}
      {page.apps.length === 0 && <NoAppsYet projectName={page.projectName} />}
      {page.apps.map((app) => (
        <AppSection key={app.clientId} form={form} app={app} />
      ))}
      {page.apps.length > 0 && (
        <footer className="grid gap-4 border-t pt-5">
          <p className="text-[13px] text-ink-soft">{words.afterwards(await duration(page.accessTokenTtlSeconds))}</p>
          {page.apps.flatMap(({ connections }) => connections).length > 1 && <DisconnectAll form={form} />}
        </footer>
      )}
    </Sheet>
  )
}
