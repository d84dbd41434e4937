/** The browser's cookies, by name. */
export const jar = new Map<string, string>()

/** Where the browser is, as `proxy.ts` tells it. */
export const here = { path: '', query: '' }

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'

/** For `next/headers`: what this browser sends, and keeps. */
export const nextHeaders = {
  headers: async () => new Headers({ 'user-agent': FIREFOX, 'x-path': here.path, 'x-query': here.query }),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}

/** For `next/navigation`: what Next would do with its own throws, as an error that says so. */
export const nextNavigation = {
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`)
  },
  notFound: () => {
    throw new Error('page 404')
  },
}
