import { pathOf } from '#lib/issuer/locate.ts'
import type { SignInPage } from '#lib/issuer/sign-in-page.ts'
import { Sheet } from '../../components/consent/sheet.tsx'
import { SignInForm, type SignInMode } from '../../components/sign-in/sign-in-form.tsx'

type SignInSheetProps = {
  page: Extract<SignInPage, { kind: 'open' }>
  mode?: SignInMode
  error?: string | null
  /** Id of the one that it went wrong with. */
  provider?: string | null
  done?: string | null
  prompt?: string | null
}

/** The sign-in page, wherever somebody has to sign in before they can go on. */
export function SignInSheet({ page, mode = 'sign-in', error = null, provider = null, done = null, prompt = null }: SignInSheetProps) {
  const { issuerUrl, destination } = page
  const here = pathOf(issuerUrl, '/sign-in')
  const at = (more: Record<string, string> = {}) => `${here}?${new URLSearchParams({ [destination.name]: destination.value, ...more })}`
  return (
    <Sheet host={new URL(issuerUrl).host}>
      <SignInForm
        action={pathOf(issuerUrl, '/oauth/sign-in')}
        mode={mode}
        error={error}
        provider={page.ways.providers.find(({ id }) => id === provider)?.name ?? null}
        done={done}
        page={page}
        prompt={prompt}
        hrefs={{
          signIn: at(),
          signUp: at({ mode: 'sign-up' }),
          reset: at({ mode: 'reset' }),
          handoff: `${pathOf(issuerUrl, '/oauth/handoff')}?${new URLSearchParams({ [destination.name]: destination.value, ...(prompt ? { prompt } : {}) })}`,
          goOn: pathOf(issuerUrl, destination.name === 'request' ? `/consent/${destination.value}` : `/${destination.value}`),
        }}
      />
    </Sheet>
  )
}
