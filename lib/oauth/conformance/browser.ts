import type { Init, PageForm, TestBrowser, TestUser } from './target.ts'

type Send = (url: string, init?: Init) => Promise<Response>

/** The two things a page does, which differ with where the pages are. */
type Pages = {
  form(url: string, cookies: string): Promise<PageForm>
  signIn(url: string, user: TestUser, cookies: string): Promise<{ readonly to: string; readonly setCookie: string }>
}

/** A browser's cookies, and the headers it sends with navigations and forms. */
export function browserWith(issuer: string, send: Send, pages: Pages): TestBrowser {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (setCookie: string): void => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? []
    if (/max-age=0(?:;|$)/i.test(setCookie)) jar.delete(name)
    else jar.set(name, value)
  }
  const visit: Send = async (url, init = {}) => {
    const response = await send(url, { ...init, headers: { cookie: cookies(), ...init.headers } })
    response.headers.getSetCookie().forEach(keep)
    return response
  }

  return {
    cookies,
    get: (url, headers = {}) => visit(url, { headers }),
    post: (path, fields, headers = {}) =>
      visit(`${issuer}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(issuer).origin, ...headers },
        body: formBody(fields),
      }),
    form: (url) => pages.form(url, cookies()),
    signIn: async (url, user) => {
      const { to, setCookie } = await pages.signIn(url, user, cookies())
      keep(setCookie)
      return to
    },
  }
}

/** `application/x-www-form-urlencoded`; a list is the same name several times, undefined is not sent. */
export function formBody(fields: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return new URLSearchParams(pairs).toString()
}
