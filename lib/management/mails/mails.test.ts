import { expect, it } from 'vitest'
import { listMail } from '#lib/mail/mailbox.ts'
import { UI_LOCALES } from '#lib/oauth/ui-locales.ts'
import { auditRows, newSetting } from '../fixtures.ts'
import { updateProject } from '../projects/update.ts'
import { MAIL_KINDS } from './inputs.ts'
import { listMails } from './list.ts'
import { sendTestMail } from './send-test.ts'

it.each(UI_LOCALES)('every mail is shown in %s, in both parts, with the project’s name, colour and help', async (locale) => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { name: 'Ada & Co', accentColor: '#1e3a8a', supportUrl: 'https://help.example.com' })
  const { mails } = await listMails(ctx, { locale })
  expect(mails.map(({ kind }) => kind)).toEqual(MAIL_KINDS)
  for (const { text, html, subject } of mails) {
    expect(subject).not.toBe('')
    expect(text).toContain('Ada & Co')
    expect(text).toContain('https://help.example.com')
    expect(html).toContain('Ada &amp; Co')
    expect(html).toContain('#1e3a8a')
    expect(html).toContain(`lang="${locale}"`)
  }
})

it('a test goes to the member who asks, whatever they ask for', async () => {
  const { ctx } = await newSetting()
  const member = ctx.actor.kind === 'member' ? ctx.actor.email : ''
  expect(await sendTestMail(ctx, { kind: 'reset-password', to: 'stranger@example.com' } as never)).toEqual({ to: member })
  const [mail] = (await listMail()).filter(({ to }) => to === member)
  expect(mail?.text).toContain('Notes')
  expect((await auditRows(ctx)).at(-1)).toMatchObject({ action: 'mail.tested', detail: '{"kind":"reset-password"}' })
})

it('a program gets none: it has no address', async () => {
  const { ctx } = await newSetting()
  const program = { ...ctx, actor: { kind: 'api-key', id: 'key' } } as const
  await expect(sendTestMail(program, { kind: 'sign-in-code' })).rejects.toMatchObject({ code: 'conflict' })
})

it('the eleventh test within ten minutes is refused', async () => {
  const { ctx } = await newSetting()
  for (let i = 0; i < 10; i++) await sendTestMail(ctx, { kind: 'sign-in-code' })
  await expect(sendTestMail(ctx, { kind: 'sign-in-code' })).rejects.toMatchObject({ code: 'too_many_requests' })
})
