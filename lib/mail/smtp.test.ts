import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Letter, Sender } from './letter.ts'
import { signInCode } from './letters/sign-in-code.ts'

const counted: string[] = []
vi.mock('#lib/audit/stream.ts', () => ({ count: ({ kind }: { kind: string }) => counted.push(kind) }))

type Received = { readonly from: string; readonly to: readonly string[]; readonly auth: string | null; readonly data: string }
/** What the server says to RCPT, one answer for each, then always 250. */
const answers: string[] = []
const received: Received[] = []

/** Enough of RFC 5321 for one mail after the other. */
function talk(socket: net.Socket): void {
  let [from, auth, text, inData] = ['', null as string | null, '', false]
  let to: string[] = []
  const say = (line: string) => socket.write(`${line}\r\n`)
  const reply = (line: string): void => {
    const [verb = ''] = line.split(' ')
    if (/^EHLO/i.test(verb)) say('250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME')
    else if (/^AUTH/i.test(verb)) {
      auth = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString()
      say('235 welcome')
    } else if (/^MAIL/i.test(verb)) {
      from = line
      say('250 ok')
    } else if (/^RCPT/i.test(verb)) {
      const answer = answers.shift() ?? '250 ok'
      if (answer.startsWith('2')) to = [...to, line]
      say(answer)
    } else if (/^DATA/i.test(verb)) {
      inData = true
      say('354 go on')
    } else if (/^QUIT/i.test(verb)) socket.end('221 bye\r\n')
    else if (/^RSET/i.test(verb)) say('250 ok')
    else say('502 no')
  }
  let rest = ''
  say('220 mail.test ESMTP')
  socket.on('data', (chunk) => {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (!inData) reply(line)
      else if (line !== '.') text += `${line}\n`
      else {
        received.push({ from, to, auth, data: text })
        inData = false
        ;[text, to] = ['', []]
        say('250 queued')
      }
    }
  })
  socket.on('error', () => socket.destroy())
}

const server = net.createServer(talk)
const sender: Sender = {
  projectId: 'p',
  projectName: 'Nötes <x>',
  issuerUrl: 'https://auth.example.com/p/notes',
  brand: { accentColor: '#2563eb', logoHash: null, supportUrl: 'https://help.example.com', policyUrl: null, termsUrl: null },
  locale: 'en',
}
const letter: Letter = signInCode(sender, { code: '012345', href: 'https://auth.example.com/p/notes/email?token=t', minutes: 10 })
let outbox: typeof import('./outbox.ts')

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const variables = {
    ...secrets,
    DATABASE_URL: 'postgres://localhost/none',
    BASE_URL: 'https://auth.example.com',
    SMTP_URL: `smtp://us%40er:pa%3Ass@127.0.0.1:${(server.address() as AddressInfo).port}`,
    MAIL_FROM: 'no-reply@auth.example.com',
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  outbox = await import('./outbox.ts')
})
afterAll(() => {
  server.close()
})
beforeEach(() => {
  received.length = 0
  counted.length = 0
})

describe('a mail over SMTP_URL', () => {
  it('arrives with one address, in the project’s name, as text and as HTML', async () => {
    outbox.postMail(sender, 'ada+x@example.com', letter)
    await outbox.flushMail(10_000)
    expect(received).toHaveLength(1)
    const [{ from, to, auth, data } = { from: '', to: [], auth: '', data: '' }] = received
    expect([from, to, auth]).toEqual([
      expect.stringContaining('<no-reply@auth.example.com>'),
      [expect.stringMatching(/^RCPT TO:<ada\+x@example\.com>/)],
      '\0us@er\0pa:ss',
    ])
    expect(data).toMatch(/^From: =\?UTF-8\?[QB]\?.+\?= <no-reply@auth\.example\.com>$/m)
    expect(data).toMatch(/^To: ada\+x@example\.com$/m)
    expect(data).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(data).toMatch(/^Content-Type: multipart\/alternative/m)
    expect(data).toContain('012345')
    expect(data).toContain('N=C3=B6tes &lt;x&gt;') // nothing of a name is markup
    expect(counted).toEqual(['mail_sent:sign-in-code'])
  })

  it.each([
    ['"a@evil.com"@victim.com', /evil\.com"@victim\.com>/],
    ['a@example.com>\r\nRCPT TO:<b@evil.com', /never/],
    ['a@example.com, b@evil.com', /never/],
  ])('B10 goes to no second address, whatever the text: %j', async (text, allowed) => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    outbox.postMail(sender, text, letter)
    await outbox.flushMail(10_000)
    said.mockRestore()
    const recipients = received.flatMap(({ to }) => to)
    expect(recipients.filter((line) => /<b@evil\.com>|<a@evil\.com>/.test(line) && !allowed.test(line))).toEqual([])
    expect(recipients.length).toBeLessThanOrEqual(1)
  })

  it('is tried again when the server says later', async () => {
    answers.push('451 greylisted')
    outbox.postMail(sender, 'ada@example.com', letter)
    await outbox.flushMail(10_000)
    expect([received.length, counted]).toEqual([1, ['mail_sent:sign-in-code']])
  })

  it('is counted and logged when it is refused, without the address and without the code', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    answers.push('550 no such user ada@example.com')
    outbox.postMail(sender, 'ada@example.com', letter)
    await outbox.flushMail(10_000)
    expect([received.length, counted]).toEqual([0, ['mail_failed:sign-in-code']])
    const lines = said.mock.calls.flat().join('\n')
    said.mockRestore()
    expect(lines).toBe('mail failed: sign-in-code EENVELOPE')
  })

  it('keeps nobody waiting: the caller goes on before the server is even asked', () => {
    const before = performance.now()
    outbox.postMail(sender, 'ada@example.com', letter)
    expect([performance.now() - before < 50, received.length]).toEqual([true, 0])
    return outbox.flushMail(10_000)
  })
})
