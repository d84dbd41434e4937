import { linkNamed } from './html-form.ts'
import { unique } from './project.ts'
import type { ScriptlessBrowser, Shown } from './scriptless-browser.ts'

export type Decision = { readonly decision?: 'allow' | 'deny'; readonly scopes?: readonly string[] }

/** An end user of one project, who reads and fills in our forms without scripts. The account is made at the first request. */
export class Visitor {
  readonly email = `${unique('visitor')}@example.com`
  readonly password = unique('password')
  readonly #browser: ScriptlessBrowser

  constructor(browser: ScriptlessBrowser) {
    this.#browser = browser
  }

  /** Follows an authorization request to its end. Answers where the client would have been called back. */
  async answer(authorizationUrl: string, decision: Decision = {}): Promise<URL> {
    const { leftFor, status, body } = await this.decide(await this.reachConsent(authorizationUrl), decision)
    if (!leftFor) throw new Error(`consent answered ${status} and led nowhere: ${textOf(body)}`)
    return leftFor
  }

  /** The consent page of a request; signs up on the way when nobody is signed in. */
  async reachConsent(authorizationUrl: string): Promise<Shown> {
    const shown = await this.#browser.open(authorizationUrl)
    if (shown.leftFor) throw new Error(`the request was refused: ${shown.leftFor.search}`)
    return consentFormOf(shown) ? shown : this.#signUp(shown)
  }

  async decide(shown: Shown, { decision = 'allow', scopes }: Decision): Promise<Shown> {
    const form = consentFormOf(shown)
    if (!form) throw new Error(`not a consent page, but ${shown.url.pathname} (${shown.status}): ${textOf(shown.body)}`)
    return this.#browser.submit(shown, form, { ...(scopes ? { tick: { scope: scopes } } : {}), press: { decision } })
  }

  async #signUp(shown: Shown): Promise<Shown> {
    const link = linkNamed(shown.body, 'Create an account')
    if (!link) throw new Error(`no way to sign up on ${shown.url.pathname} (${shown.status}): ${textOf(shown.body)}`)
    const page = await this.#browser.open(new URL(link, shown.url))
    const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'))
    if (!form) throw new Error(`no form to sign up with on ${page.url.pathname} (${page.status})`)
    return this.#browser.submit(page, form, { type: { email: this.email, password: this.password } })
  }
}

export const consentFormOf = ({ forms }: Shown) => forms.find(({ buttons }) => buttons.some(({ name }) => name === 'decision'))

const textOf = (html: string): string =>
  html
    .replace(/<script.*?<\/script>|<style.*?<\/style>|<[^>]*>/gs, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
