import { count } from '#lib/audit/stream.ts'
import { env } from '#lib/env.ts'
import { mailDelivery } from './delivery.ts'
import { htmlOf, textOf } from './layout.ts'
import type { Letter, Sender } from './letter.ts'
import { keepMail } from './mailbox.ts'
import { closeSmtp, type OutgoingMail, sendBySmtp } from './smtp.ts'

type Waiting = { readonly letter: Letter; readonly to: string; readonly sender: Sender }

/** As many as the SMTP pool has connections. */
const MAX_SENDING = 3
/** Beyond it mail is lost, and counted as such: memory is ours, and whoever asked can ask again. */
const MAX_WAITING = 1_000
/** Milliseconds before the second and third try, for what may pass: greylisting, a restart of the mail server. */
const PAUSES = [1_000, 5_000]

const waiting: Waiting[] = []
const sending = new Set<Promise<void>>()

/**
 * Leaves a mail to be sent after the answer: nobody waits for a mail server, and an answer's time does not tell whether there was a
 * mail. Call it after the transaction. `to` is an address as `parseEmailAddress` spells it. What fails is counted (`mail_failed:<kind>`)
 * and logged without the address.
 */
export function postMail(sender: Sender, to: string, letter: Letter): void {
  if (waiting.length >= MAX_WAITING) {
    failed({ sender, to, letter }, 'EFULL')
    return
  }
  waiting.push({ sender, to, letter })
  setImmediate(sendNext)
}

/** One try, for somebody who waits to see whether it works. Null, or a word such as EAUTH for what went wrong, which is counted and logged as above. */
export async function sendNow(sender: Sender, to: string, letter: Letter): Promise<string | null> {
  try {
    await handOver({ sender, to, letter })
    count({ projectId: sender.projectId, kind: `mail_sent:${letter.kind}` })
    return null
  } catch (error) {
    failed({ sender, to, letter }, codeOf(error))
    return codeOf(error)
  }
}

/** Waits until everything is sent or failed, at most so long. */
export async function flushMail(patienceMs: number): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())
  const done = async (): Promise<void> => {
    while (waiting.length > 0 || sending.size > 0) {
      sendNext()
      await Promise.all(sending)
    }
  }
  await Promise.race([done(), late])
  closeSmtp()
}

function sendNext(): void {
  while (sending.size < MAX_SENDING) {
    const next = waiting.shift()
    if (!next) return
    const run = deliver(next).finally(() => {
      sending.delete(run)
      sendNext()
    })
    sending.add(run)
  }
}

async function deliver(mail: Waiting): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await handOver(mail)
      count({ projectId: mail.sender.projectId, kind: `mail_sent:${mail.letter.kind}` })
      return
    } catch (error) {
      const pause = PAUSES[tries]
      if (pause === undefined || !mayPass(error)) {
        failed(mail, codeOf(error))
        return
      }
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
    }
  }
}

async function handOver({ letter, to, sender }: Waiting): Promise<void> {
  const mail: OutgoingMail = {
    from: { name: sender.projectName, address: env().MAIL_FROM ?? `no-reply@${new URL(env().BASE_URL).hostname}` },
    to: { name: '', address: to },
    subject: letter.subject,
    text: textOf(letter, sender),
    html: htmlOf(letter, sender),
  }
  switch (mailDelivery()) {
    case 'smtp':
      return sendBySmtp(mail)
    case 'mailbox':
      return keepMail({ ...mail, from: `${mail.from.name} <${mail.from.address}>`, to })
    case 'none':
      throw Object.assign(new Error('No mail server is configured'), { code: 'ENOMAIL' })
  }
}

/** RFC 5321 §4.2.1: 4yz is transient. Without a reply it was the connection. */
function mayPass(error: unknown): boolean {
  const reply = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : null
  if (reply !== null) return reply >= 400 && reply < 500
  return ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS'].includes(codeOf(error))
}

function failed({ sender, letter }: Waiting, code: string): void {
  count({ projectId: sender.projectId, kind: `mail_failed:${letter.kind}` })
  console.error(`mail failed: ${letter.kind} ${code}`)
}

/** A word such as EAUTH. An error's message may name the recipient. */
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')
