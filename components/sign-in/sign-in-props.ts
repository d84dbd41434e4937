import type { ShownClient } from '../consent/client-origin.tsx'

/** What the forms of the sign-in page need of it. */
export type SignInProps = {
  /** Where every form goes. */
  action: string
  page: {
    projectName: string
    destination: { name: 'request' | 'next'; value: string }
    csrf: string
    ways: {
      password: boolean
      emailCode: boolean
      passkey: boolean
      reset: boolean
      passwordSignUp: 'at-once' | 'by-mail' | null
      handoff: string | null
      providers: readonly { id: string; name: string }[]
    }
    client: ShownClient | null
    /** Where the client's answer goes: host, or scheme of a native app. */
    redirect: { display: string } | null
    loginHint: string | null
    account: { email: string | null; name: string | null } | null
    mailed: { challenge: string; email: string; signUp: boolean } | null
  }
  /** Of the request: `select_account` when it is to be another account than before. */
  prompt: string | null
  hrefs: { signIn: string; signUp: string; reset: string; goOn: string; handoff: string }
}

export const LINK = 'font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current'
