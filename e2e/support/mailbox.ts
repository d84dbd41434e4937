import { openDoor } from './door.ts'
import { target } from './installation.ts'

/** The first link of the newest mail to this address, as the mailbox of a development installation shows it. Waits for it. */
export async function mailedLinkTo(address: string): Promise<URL> {
  const door = openDoor(target())
  try {
    for (let tries = 0; tries < 50; tries++) {
      const { body } = await door.ask('/mailbox')
      const [, id] =
        new RegExp(`href="/mailbox/([\\w-]+)"(?:(?!href=).)*?to (?:<!-- -->)?${address.replace(/[.+]/g, '\\$&')}<`, 's').exec(body) ?? []
      const link = id && /href="(http[^"]+)"/.exec((await door.ask(`/mailbox/${id}`)).body)?.[1]
      if (link) return new URL(link.replaceAll('&amp;', '&'))
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error(`no mail with a link to ${address}`)
  } finally {
    door.close()
  }
}
