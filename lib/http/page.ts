import { createHash } from 'node:crypto'
import type { UiLocale } from '#lib/oauth/ui-locales.ts'
import type { HttpReply } from './message.ts'
import { HSTS, PAGE_HEADERS } from './security-headers.ts'

const STYLE = `:root{color-scheme:light dark;--bg:#fafafa;--card:#fff;--line:#e4e4e7;--text:#18181b;--dim:#52525b}
@media (prefers-color-scheme:dark){:root{--bg:#09090b;--card:#111113;--line:#27272a;--text:#fafafa;--dim:#a1a1aa}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--bg);color:var(--text);font:16px/1.6 system-ui,sans-serif}
main{width:100%;max-width:28rem;padding:32px;border:1px solid var(--line);border-radius:14px;background:var(--card)}
h1{margin:0 0 12px;font-size:1.25rem;line-height:1.35;letter-spacing:-.01em}p{margin:0;color:var(--dim)}p+p{margin-top:16px}a{color:inherit}small{display:block;margin-top:24px;color:var(--dim);font-size:.8125rem}`

const CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page that needs neither framework nor script: it must stand when all else has failed. Texts are our own sentences. */
export function htmlPage(
  page: {
    locale: UiLocale
    status: number
    title: string
    text: string
    link?: { href: string; text: string }
    reference?: string
    retryAfterSeconds?: number
  },
  secure: boolean,
): HttpReply & { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const reference = page.reference ? `<small>Reference ${escapeHtml(page.reference)}</small>` : ''
  const link = page.link ? `<p><a href="${escapeHtml(page.link.href)}">${escapeHtml(page.link.text)}</a></p>` : ''
  const body = `<!doctype html><html lang="${page.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="same-origin"><title>${escapeHtml(page.title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>${link}${reference}</main></body></html>`
  return {
    status: page.status,
    headers: {
      ...PAGE_HEADERS,
      ...(secure ? HSTS : {}),
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CSP,
      ...(page.retryAfterSeconds ? { 'retry-after': String(page.retryAfterSeconds) } : {}),
    },
    body,
  }
}

/** Whether whoever asks shows pages: all others are told what they asked for in fewer words. */
export const asksForPage = (headers: { get(name: string): string | null }): boolean => headers.get('accept')?.includes('text/html') ?? false

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
