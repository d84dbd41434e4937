import { openDoor } from './door.ts'
import { target } from './installation.ts'
import { unique } from './project.ts'
import { ScriptlessBrowser } from './scriptless-browser.ts'

/** Somebody with an account at the dashboard, signed in. */
export type Member = {
  readonly name: string
  readonly email: string
  readonly password: string
  /** The session, by name. */
  readonly cookies: ReadonlyMap<string, string>
}

/** Through the sign-up form, whose POST works before any script does. */
export async function signUpMember(): Promise<Member> {
  const credentials = { name: unique('Member'), email: `${unique('member')}@example.com`, password: unique('password') }
  const door = openDoor(target())
  try {
    const browser = new ScriptlessBrowser(door, target())
    const page = await browser.open('/sign-up')
    const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'))
    if (!form) throw new Error(`/sign-up answered ${page.status} without a form`)
    const landed = await browser.submit(page, form, { type: credentials })
    if (landed.url.pathname !== '/projects/new') throw new Error(`signing up led to ${landed.url.pathname} (${landed.status})`)
    return { ...credentials, cookies: new Map(browser.cookies) }
  } finally {
    door.close()
  }
}

/** As a browser of Playwright takes them. */
export const cookiesOf = ({ cookies }: Member) => [...cookies].map(([name, value]) => ({ name, value, url: target(), httpOnly: true }))
