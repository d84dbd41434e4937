import { describe, expect, it } from 'vitest'
import { failureLine } from './failure-line.ts'

const at = new Date('2026-11-21T12:00:00Z')
const failed = (path: string, error: unknown = Object.assign(new TypeError('ada@example.com'), { digest: '2338402346' })) =>
  failureLine({ error, method: 'GET', path, route: '/projects/[project]/keys', kind: 'render' }, at)

describe('the line of a page that failed', () => {
  it('is one line that has the reference its error page shows, the time, the route and the place in the code', () => {
    const line = failed('/projects/notes/keys')
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toMatchObject({
      ...{ level: 'error', at: '2026-11-21T12:00:00.000Z', reference: '2338402346', method: 'GET' },
      ...{ route: '/projects/[project]/keys', path: '/projects/notes/keys', cause: expect.stringMatching(/^TypeError\n\s+at /) },
    })
  })

  it('L04 holds neither the message nor the query', () => {
    const line = failed('/projects/notes/users?query=ada%40example.com')
    expect(line).not.toContain('ada')
    expect(JSON.parse(line).path).toBe('/projects/notes/users')
  })

  it.each(['/consent/gate_ir_handle', '/reset-password?token=secret', '/p/notes/email/secret', '/projectsx/secret'])(
    'L04 does not say which page %s was',
    (path) => {
      expect(failed(path)).not.toMatch(/secret|handle/)
    },
  )

  it.each([new Error('none'), 'text', null, { digest: 7 }])('has no reference where the framework gave none', (error) =>
    expect(JSON.parse(failed('/projects', error)).reference).toBeNull(),
  )
})
