import { projectOperation } from '../operation.ts'
import { listMailsInput, sendTestMailInput } from './inputs.ts'
import { listMails } from './list.ts'
import { listMailsOutput, sendTestMailOutput } from './outputs.ts'
import { sendTestMail } from './send-test.ts'

export const mailOperations = [
  projectOperation({
    ...{ id: 'listMails', method: 'GET', path: '/mails', permission: 'project:read', audit: null },
    summary: 'List the mails that people may get, as they look now',
    input: listMailsInput,
    output: listMailsOutput,
    run: listMails,
  }),
  projectOperation({
    ...{ id: 'sendTestMail', method: 'POST', path: '/mails/{kind}/test', permission: 'project:write', audit: 'mail.tested' },
    summary: 'Send one of these mails to the member who asks',
    membersOnly: true,
    input: sendTestMailInput,
    output: sendTestMailOutput,
    run: sendTestMail,
  }),
]
