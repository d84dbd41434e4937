import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asksForPage, htmlPage } from './page.ts'

const INPUT = `<script>alert('x')</script>"&amp;`
const page = htmlPage({ locale: 'en', status: 400, title: INPUT, text: INPUT, reference: INPUT }, true)

describe('a page of ours without a framework', () => {
  it('H10 shows every text as text', () => {
    expect(page.body).not.toContain('<script')
    expect(String(page.body).split('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;amp;').length).toBe(5)
  })

  it('C21 H15 runs no script, loads nothing and lets nobody frame it', () => {
    const style = /<style>(.*)<\/style>/s.exec(String(page.body))?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page.headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(page.headers).toHaveProperty('permissions-policy')
    expect(String(page.body)).not.toMatch(/(?:src|href)=/)
  })

  it('asks for https only where there is https', () => {
    expect(htmlPage({ locale: 'en', status: 400, title: '', text: '' }, false).headers).not.toHaveProperty('strict-transport-security')
  })

  it('says in which language it is written', () => expect(page.body).toContain('<html lang="en">'))

  it('says when to come back', () => {
    expect(htmlPage({ locale: 'en', status: 503, title: '', text: '', retryAfterSeconds: 5 }, true).headers['retry-after']).toBe('5')
    expect(page.headers).not.toHaveProperty('retry-after')
  })
})

it.each([
  ['text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['*/*', false],
  ['application/json', false],
  [null, false],
])('what accepts %s asks for a page: %s', (accept, isBrowser) => expect(asksForPage({ get: () => accept })).toBe(isBrowser))
