import type { Metadata } from 'next'
import { pathOf } from '#lib/issuer/locate.ts'
import { signInPage } from '#lib/issuer/sign-in-page.ts'
import { ConsentForm } from '../../../../components/consent/consent-form.tsx'
import { Gone } from '../../../../components/consent/gone.tsx'
import { Sheet } from '../../../../components/consent/sheet.tsx'
import { pageWords } from '../../../../components/end-user/words.ts'
import { called } from '../../called.ts'
import { appsHref, pending } from '../../pending.ts'
import { SignInSheet } from '../../sign-in-sheet.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).consent.tab } })

export default async function ConsentPage({ params, searchParams }: PageProps<'/consent/[request]'>) {
  const request = await pending((await params).request)
  if (request.kind === 'gone') return <Gone reason={request.reason} appsHref={await appsHref()} />

  const host = new URL(request.issuerUrl).host
  const signIn = pathOf(request.issuerUrl, '/oauth/sign-in')
  const { account } = request
  if (!account) {
    const page = await signInPage({ request: request.handle }, request.issuerUrl, (await called()).cookies)
    if (page.kind === 'open') return <SignInSheet page={page} />
    return <Gone reason={page.kind === 'gone' ? page.reason : 'other_browser'} appsHref={await appsHref()} />
  }
  return (
    <Sheet host={host}>
      <ConsentForm
        action={pathOf(request.issuerUrl, '/oauth/consent')}
        signOutAction={signIn}
        noScope={(await searchParams).error === 'no_scope'}
        request={{ ...request, account }}
      />
    </Sheet>
  )
}
