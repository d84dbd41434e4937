import { linkNamed, textOf } from './html-form.ts'
import type { ScriptlessBrowser } from './scriptless-browser.ts'
import { formWith, type Shown } from './shown.ts'
import { unique } from './unique.ts'

export type Decision = { readonly decision?: 'allow' | 'deny'; readonly scopes?: readonly string[] }

/** An end user of one project, who reads and fills in our forms without scripts. The account is made at the first request. */
export class Visitor {
  readonly email = `${unique('visitor')}@example.com`
  readonly password = unique('password')
  readonly #browser: ScriptlessBrowser

  constructor(browser: ScriptlessBrowser) {
    this.#browser = browser
  }

  /**
   * Follows an authorization request to its end. Answers where the client would have been called back: without a question, where
   * the same was allowed before.
   */
  async answer(authorizationUrl: string, decision: Decision = {}): Promise<URL> {
    const shown = await this.#browser.open(authorizationUrl)
    if (shown.leftFor) return shown.leftFor
    const { leftFor, status, body } = await this.decide(await this.#toConsent(shown), decision)
    if (!leftFor) throw new Error(`consent answered ${status} and led nowhere: ${textOf(body)}`)
    return leftFor
  }

  /** The consent page of a request; signs up on the way when nobody is signed in. */
  async reachConsent(authorizationUrl: string): Promise<Shown> {
    const shown = await this.#browser.open(authorizationUrl)
    if (shown.leftFor) throw new Error(`no question was asked: ${shown.leftFor.searchParams.get('error') ?? 'it was allowed before'}`)
    return this.#toConsent(shown)
  }

  async #toConsent(shown: Shown): Promise<Shown> {
    return shown.url.pathname.includes('/consent/') ? shown : this.#signUp(shown)
  }

  decide(shown: Shown, { decision = 'allow', scopes }: Decision): Promise<Shown> {
    return this.#browser.submit(shown, formWith(shown, 'decision'), { ...(scopes ? { tick: { scope: scopes } } : {}), press: { decision } })
  }

  async #signUp(shown: Shown): Promise<Shown> {
    const link = linkNamed(shown.body, 'Create an account')
    if (!link) throw new Error(`no way to sign up on ${shown.url.pathname} (${shown.status}): ${textOf(shown.body)}`)
    const page = await this.#browser.open(new URL(link, shown.url))
    return this.#browser.submit(page, formWith(page, 'password'), { type: { email: this.email, password: this.password } })
  }
}
