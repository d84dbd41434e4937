import { asksForPage, htmlPage } from '#lib/http/page.ts'
import { inJson, type Refused } from '#lib/management/answered.ts'

/**
 * For a form that a browser posts by itself, and so shows whatever it is answered: people read what was refused on a page that leads
 * back, programs in JSON. `proxy.ts` adds the headers that every page has.
 */
export const refusalPage =
  (request: Request, page: { readonly title: string; readonly link: { readonly href: string; readonly text: string } }) =>
  (refused: Refused): Response => {
    if (!asksForPage(request.headers)) return inJson(refused)
    const { status, message, retryAfterSeconds } = refused
    const again = retryAfterSeconds === null ? {} : { retryAfterSeconds }
    const { body, headers } = htmlPage({ ...page, ...again, locale: 'en', status, text: message }, false)
    return new Response(body, { status, headers })
  }
