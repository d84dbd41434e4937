import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** 256 random bits, as the libraries of standardwebhooks.com take them. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/** Standard Webhooks, `v1`: one signature for each secret that counts, so that a receiver may know either. `sentAt`: seconds since the epoch. */
export function signatureOf(secrets: readonly string[], id: string, sentAt: number, body: string): string {
  return secrets
    .map((secret) =>
      createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
        .update(`${id}.${sentAt}.${body}`)
        .digest('base64'),
    )
    .map((signature) => `v1,${signature}`)
    .join(' ')
}
