import Link from 'next/link'
import { pageWords } from '../end-user/words.ts'
import { AccountSection } from './account-card.tsx'

export async function AppsSection({ href }: { href: string }) {
  const words = (await pageWords()).account
  return (
    <AccountSection title={words.apps} description={words.appsText}>
      <Link href={href} className="w-fit rounded underline decoration-line-strong underline-offset-4">
        {words.seeApps}
      </Link>
    </AccountSection>
  )
}
