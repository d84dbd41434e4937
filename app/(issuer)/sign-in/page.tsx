import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { pathOf } from '#lib/issuer/locate.ts'
import { type SignInPage as Page, signInPage } from '#lib/issuer/sign-in-page.ts'
import { Gone } from '../../../components/consent/gone.tsx'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { pageWords } from '../../../components/end-user/words.ts'
import type { SignInMode } from '../../../components/sign-in/sign-in-form.tsx'
import { called, one } from '../called.ts'
import { appsHref } from '../pending.ts'
import { SignInSheet } from '../sign-in-sheet.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).signIn.tab } })

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: Asked) {
  const query = await searchParams
  const { issuerUrl, cookies } = await called()
  const page = await signInPage(query, issuerUrl, cookies)
  if (page.kind === 'gone') return <Gone reason={page.reason} appsHref={await appsHref()} />
  if (page.kind === 'open')
    return (
      <SignInSheet
        page={page}
        mode={modeOf(query.mode, page)}
        error={one(query.error)}
        provider={one(query.provider)}
        done={one(query.done)}
        prompt={one(query.prompt)}
      />
    )
  if (query.cookies === 'set') return <NoCookies />
  redirect(pathOf(page.issuerUrl, page.path + (query.done === 'reset' ? '&done=reset' : '')))
}

function modeOf(asked: unknown, { ways }: Extract<Page, { kind: 'open' }>): SignInMode {
  if (asked === 'sign-up' && ways.passwordSignUp) return 'sign-up'
  if ((asked === 'reset' || asked === 'sent') && ways.reset) return asked
  return asked === 'code' ? 'code' : 'sign-in'
}

async function NoCookies() {
  const words = (await pageWords()).signIn
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{words.noCookiesTitle}</h1>
        <p className="text-ink-soft">{words.noCookies}</p>
      </div>
    </Sheet>
  )
}
