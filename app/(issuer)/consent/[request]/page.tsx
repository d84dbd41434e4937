import type { Metadata } from 'next'
import { ConsentForm } from '../../../../components/consent/consent-form.tsx'
import { Gone } from '../../../../components/consent/gone.tsx'
import { Sheet } from '../../../../components/consent/sheet.tsx'
import { SignInForm } from '../../../../components/sign-in/sign-in-form.tsx'
import { pathOf, pending } from '../../pending.ts'

export const metadata: Metadata = { title: { absolute: 'Allow access?' } }

export default async function ConsentPage({ params, searchParams }: PageProps<'/consent/[request]'>) {
  const request = await pending((await params).request)
  if (request.kind === 'gone') return <Gone reason={request.reason} />

  const host = new URL(request.issuerUrl).host
  const signIn = pathOf(request.issuerUrl, '/oauth/sign-in')
  const { account } = request
  if (!account) {
    const page = `${pathOf(request.issuerUrl, '/sign-in')}?request=${request.handle}`
    const hrefs = { signIn: page, signUp: request.signUpOpen ? `${page}&mode=sign-up` : null, consent: '' }
    return (
      <Sheet host={host}>
        <SignInForm action={signIn} mode="sign-in" error={null} request={request} hrefs={hrefs} />
      </Sheet>
    )
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
