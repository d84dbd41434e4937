import type { Answer, Door } from './door.ts'
import { type Field, formsIn, type HtmlForm } from './html-form.ts'
import type { Shown } from './shown.ts'

/** What a person does to a form: types into fields, unticks boxes (`ticked` names all that shall be ticked), presses a button. */
export type Filling = {
  readonly type?: Readonly<Record<string, string>>
  readonly tick?: Readonly<Record<string, readonly string[]>>
  readonly press?: Readonly<Record<string, string>>
}

const MAX_REDIRECTS = 10

/** Forms, links, cookies and redirects, and nothing else: what our pages must work with when scripts do not run. */
export class ScriptlessBrowser {
  readonly #door: Door
  readonly #origin: string
  readonly #cookies: Map<string, string>

  /** `origin` is how the installation is called; the door leads to one process of it. */
  constructor(door: Door, origin: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.#door = door
    this.#origin = origin
    this.#cookies = new Map(cookies)
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  open(address: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
    return this.#navigate(new URL(address, this.#origin), headers)
  }

  /** Sends a form of the page that is shown, as a browser would: with the page's origin. */
  async submit(shown: Shown, form: HtmlForm, filling: Filling = {}): Promise<Shown> {
    const entries = entriesOf(form, filling)
    const { body, type } = form.multipart ? await multipart(entries) : { body: new URLSearchParams(entries).toString(), type: URLENCODED }
    return this.#navigate(
      new URL(form.action || shown.url, shown.url),
      { origin: this.#origin, 'content-type': type, 'sec-fetch-site': 'same-origin' },
      Buffer.from(body),
    )
  }

  async #navigate(start: URL, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Shown> {
    let url = start
    let answer = await this.#ask(url, headers, body)
    for (let hops = 0; answer.status >= 300 && answer.status < 400 && answer.headers.location; hops++) {
      if (hops === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects from ${start.pathname}`)
      url = new URL(answer.headers.location, url)
      if (url.origin !== this.#origin) return { ...answer, url: start, forms: [], leftFor: url }
      answer = await this.#ask(url, {})
    }
    return { ...answer, url, forms: formsIn(answer.body), leftFor: null }
  }

  async #ask(url: URL, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#door.ask(url.pathname + url.search, {
      ...(body ? { method: 'POST', body } : {}),
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...headers },
    })
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line)
    return answer
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const name = pair.slice(0, pair.indexOf('='))
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.#cookies.delete(name)
    else this.#cookies.set(name, pair.slice(name.length + 1))
  }
}

const URLENCODED = 'application/x-www-form-urlencoded'

function entriesOf(form: HtmlForm, { type = {}, tick = {}, press = {} }: Filling): [string, string][] {
  const sent = (field: Field): boolean =>
    field.type === 'checkbox' || field.type === 'radio' ? (tick[field.name]?.includes(field.value) ?? field.ticked) : true
  const fields = form.fields.filter(sent).map(({ name, value }): [string, string] => [name, type[name] ?? value])
  return [...fields, ...Object.entries(press)]
}

async function multipart(entries: readonly [string, string][]): Promise<{ body: Buffer; type: string }> {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  const encoded = new Response(form)
  return { body: Buffer.from(await encoded.arrayBuffer()), type: encoded.headers.get('content-type') ?? '' }
}
