import type { Page } from '@playwright/test'
import { visit } from '../fixtures.ts'
import { openDoor } from './door.ts'
import { target } from './installation.ts'
import { mailedLinkTo } from './mailbox.ts'
import type { Member } from './member.ts'
import { ScriptlessBrowser } from './scriptless-browser.ts'
import { formWith } from './shown.ts'
import { unique } from './unique.ts'

export const ROLES = ['owner', 'admin', 'developer', 'viewer', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** By the dialog of the members page, which `page` may use; answers the link that it shows once. */
export async function invite(page: Page, email: string, role: Role): Promise<string> {
  await visit(page, '/organisation/members')
  await page.getByRole('button', { name: 'Invite member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByLabel('Role').selectOption(role)
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await dialog.getByText(`${email} is invited`).waitFor()
  const link = await dialog.locator('code').innerText()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return link
}

/** Somebody new, who opens the link in their mail and makes an account there, in a browser without scripts. */
export async function joinByMail(email: string): Promise<Member> {
  const credentials = { name: unique('Joiner'), email, password: unique('password') }
  const door = openDoor(target())
  try {
    const browser = new ScriptlessBrowser(door, target())
    const page = await browser.open(await mailedLinkTo(email))
    const landed = await browser.submit(page, formWith(page, 'password'), {
      type: { name: credentials.name, password: credentials.password },
    })
    if (landed.url.pathname !== '/projects') throw new Error(`joining led to ${landed.url.pathname} (${landed.status})`)
    return { ...credentials, cookies: new Map(browser.cookies) }
  } finally {
    door.close()
  }
}
