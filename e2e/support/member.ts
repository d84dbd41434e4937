import { openDoor } from './door.ts'
import { target } from './installation.ts'
import { ScriptlessBrowser } from './scriptless-browser.ts'
import { formWith } from './shown.ts'
import { unique } from './unique.ts'

/** Somebody with an account at the dashboard, signed in. */
export type Member = {
  readonly name: string
  readonly email: string
  readonly password: string
  /** The session, by name. */
  readonly cookies: ReadonlyMap<string, string>
}

/** Through the sign-up form, whose POST works before any script does. */
export async function signUpMember(origin: string = target()): Promise<Member> {
  const credentials = { name: unique('Member'), email: `${unique('member')}@example.com`, password: unique('password') }
  const door = openDoor(origin)
  try {
    const browser = new ScriptlessBrowser(door, origin)
    const page = await browser.open('/sign-up')
    const landed = await browser.submit(page, formWith(page, 'password'), { type: credentials })
    if (landed.url.pathname !== '/projects/new') throw new Error(`signing up led to ${landed.url.pathname} (${landed.status})`)
    return { ...credentials, cookies: new Map(browser.cookies) }
  } finally {
    door.close()
  }
}

/** As a browser of Playwright takes them. */
export const cookiesOf = ({ cookies }: Member) => [...cookies].map(([name, value]) => ({ name, value, url: target(), httpOnly: true }))
