import type { Metadata } from 'next'
import { type EmailLink, emailLink } from '#lib/issuer/email-link.ts'
import { pathOf } from '#lib/issuer/locate.ts'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { pageWords } from '../../../components/end-user/words.ts'
import { EmailLinkForm } from '../../../components/sign-in/email-link.tsx'
import { called, one } from '../called.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).emailLink.tab } })

const ACTIONS: Readonly<Record<Exclude<EmailLink['kind'], 'gone'>, string>> = {
  elsewhere: '',
  'sign-in': '/oauth/sign-in',
  reset: '/oauth/reset-password',
  confirm: '/oauth/account',
}

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function EmailPage({ searchParams }: Asked) {
  const query = await searchParams
  const { issuerUrl, cookies } = await called()
  const link = await emailLink(query, issuerUrl, cookies)
  if (link.kind === 'gone') return <Spent />
  return (
    <Sheet host={new URL(link.issuerUrl).host}>
      <EmailLinkForm
        link={link}
        token={one(query.token) ?? ''}
        request={one(query.request)}
        error={one(query.error)}
        action={pathOf(link.issuerUrl, ACTIONS[link.kind])}
      />
    </Sheet>
  )
}

async function Spent() {
  const words = (await pageWords()).emailLink
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{words.goneTitle}</h1>
        <p className="text-ink-soft">{words.gone}</p>
        <p className="text-ink-soft">{words.goneNext}</p>
      </div>
    </Sheet>
  )
}
