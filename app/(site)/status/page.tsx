import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { type Health, health } from '#lib/issuer/health.ts'
import { VERSION } from '#lib/version.ts'
import { DocsPage } from '../../../components/docs/docs-page.tsx'
import { HealthList } from '../../../components/site/health-list.tsx'
import { Notice } from '../../../components/ui/notice.tsx'

export const metadata: Metadata = { title: 'Status', description: 'How this installation of Gatehouse is right now.' }

const link = 'rounded text-accent underline underline-offset-4'

export default async function StatusPage() {
  const now = await found()
  const broken = [now.database, now.migrations, now.signingKeys].includes(false)
  return (
    <DocsPage title="Status" lead={broken ? 'Something does not work right now.' : 'Everything works right now.'}>
      {broken && <Notice tone="bad">Whoever runs this installation finds the cause in the log of the server.</Notice>}
      <HealthList version={VERSION} {...now} />
      <p className="text-[13px] text-ink-soft">
        For programs: this page answers 503 while the database is away or behind, and so does{' '}
        <a href="/api/health" className={link}>
          /api/health
        </a>
        , in one line. What is new in this version stands in the{' '}
        <Link href="/changelog" className={link}>
          changelog
        </Link>
        .
      </p>
    </DocsPage>
  )
}

/** As `proxy.ts` has just found it; looked at here where the path was spelled in a way that it does not know. */
async function found(): Promise<Health> {
  const said = (await headers()).get('x-health')
  return said ? (JSON.parse(said) as Health) : health()
}
