import { describe, expect, it } from 'vitest'
import { dropUnproven, refusalOf } from './request-line.ts'

describe('the request line', () => {
  it.each([
    ['GET /', '/', {}, null],
    ['a page with a query', '/sign-in?next=//evil.example', {}, null],
    ['an absolute-form target (H20)', 'http://169.254.169.254/', {}, 400],
    ['an authority', 'evil.example:443', {}, 400],
    ['an asterisk', '*', {}, 400],
    ['nothing', '', {}, 400],
    ['two slashes (H14)', '//evil.example/', {}, 404],
    ['a backslash, which URL parsers take for a slash', '/\\evil.example', {}, 400],
    ['a websocket (H20)', '/', { upgrade: 'WebSocket' }, 400],
    ['an upgrade that may be ignored, as Java clients send it', '/', { upgrade: 'h2c' }, null],
    ['an image to resize (H21)', '/_next/image?url=http://169.254.169.254/&w=64&q=75', {}, 404],
    ['page data (H21)', '/_next/data/build/index.json', {}, 404],
    ['the development tools (H21)', '/__nextjs_original-stack-frames', {}, 404],
    ['a script of ours', '/_next/static/chunks/main.js', {}, null],
  ])('%s', (_, url, headers, status) => expect(refusalOf({ url, headers }, false)).toBe(status))

  it('lets the development tools through in development only', () => {
    expect(refusalOf({ url: '/__nextjs_font/geist.woff2', headers: {} }, true)).toBeNull()
    expect(refusalOf({ url: '//evil.example', headers: {} }, true)).toBe(404)
  })
})

describe('headers a client cannot have', () => {
  const sent = () => ({
    host: 'auth.example.com',
    forwarded: 'for=6.6.6.6',
    'x-forwarded-for': '6.6.6.6',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-prefix': '/evil',
    'x-real-ip': '6.6.6.6',
    'x-middleware-subrequest': 'proxy:proxy:proxy',
    'x-invoke-path': '/admin',
  })

  it('are dropped without a proxy', () => {
    const headers = sent()
    dropUnproven(headers, 0)
    expect(headers).toEqual({ host: 'auth.example.com' })
  })

  it('are the proxy’s behind one, but never the framework’s', () => {
    const headers = sent()
    dropUnproven(headers, 1)
    expect(Object.keys(headers)).toEqual(['host', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-prefix', 'x-real-ip'])
  })
})
