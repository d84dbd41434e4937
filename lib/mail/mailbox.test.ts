import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'

const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'gatehouse-mailbox-')), 'mail')
let mailbox: typeof import('./mailbox.ts')
const mail = (subject: string) => ({
  from: 'Notes <no-reply@localhost>',
  to: 'ada@example.com',
  subject,
  text: 'text',
  html: '<p>html</p>',
})

describe('the development mailbox', () => {
  beforeAll(async () => {
    const secrets = Object.fromEntries(
      ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]),
    )
    const variables = { ...secrets, DATABASE_URL: 'postgres://localhost/none', BASE_URL: 'http://localhost:3000', MAIL_DIR: folder }
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    mailbox = await import('./mailbox.ts')
  })

  it('is empty before the first mail', async () => expect(await mailbox.listMail()).toEqual([]))

  it('gives back what it kept, newest first, to its owner alone', async () => {
    await mailbox.keepMail(mail('first'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await mailbox.keepMail(mail('second'))
    const [second, first] = await mailbox.listMail()
    expect([second?.subject, first?.subject]).toEqual(['second', 'first'])
    expect(await mailbox.readMail(first?.id ?? '')).toEqual(first)
    expect(statSync(folder).mode & 0o077).toBe(0)
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0)
  })

  it.each(['', '../running', '..%2Frunning', '20260101000000000-00000000', 'x'])('has no mail %j', async (id) =>
    expect(await mailbox.readMail(id)).toBeNull(),
  )

  it('keeps two hundred', async () => {
    for (let i = 0; i < 205; i++) await mailbox.keepMail(mail(`mail ${i}`))
    expect(readdirSync(folder)).toHaveLength(200)
    expect(await mailbox.listMail()).toHaveLength(200)
  })
})
