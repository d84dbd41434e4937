import type { Metadata } from 'next'
import { Gone } from '../../../components/consent/gone.tsx'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { SignInForm } from '../../../components/sign-in/sign-in-form.tsx'
import { pathOf, pending } from '../pending.ts'

export const metadata: Metadata = { title: { absolute: 'Sign in' } }

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: Asked) {
  const { request: handle, mode, error } = await searchParams
  const request = await pending(handle)
  if (request.kind === 'gone') return <Gone reason={request.reason} />

  const here = pathOf(request.issuerUrl, '/sign-in')
  const query = new URLSearchParams({ request: request.handle })
  return (
    <Sheet host={new URL(request.issuerUrl).host}>
      <SignInForm
        action={pathOf(request.issuerUrl, '/oauth/sign-in')}
        mode={mode === 'sign-up' && request.signUpOpen ? 'sign-up' : 'sign-in'}
        error={typeof error === 'string' ? error : null}
        request={request}
        hrefs={{
          signIn: `${here}?${query}`,
          signUp: request.signUpOpen ? `${here}?${query}&mode=sign-up` : null,
          consent: pathOf(request.issuerUrl, `/consent/${request.handle}`),
        }}
      />
    </Sheet>
  )
}
