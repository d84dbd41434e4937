import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, type Page } from '@playwright/test'
import { type SampleServer, startSampleServer } from './sample-server/server.ts'
import { type CallbackListener, listenForCallback } from './support/callback-listener.ts'
import { type Door, openDoor } from './support/door.ts'
import { freePort } from './support/free-port.ts'
import { target } from './support/installation.ts'
import { cookiesOf, type Member, signUpMember } from './support/member.ts'
import { createProject, type Project } from './support/project.ts'
import { ScriptlessBrowser } from './support/scriptless-browser.ts'
import { Visitor } from './support/visitor.ts'

export { expect } from '@playwright/test'

type Fixtures = {
  /** What pages complained of; a complaint that a test did not foresee fails it. */
  complaints: Complaints
  /** A member with a session. */
  member: Member
  /** A page of the dashboard in which `member` is signed in. */
  dashboard: Page
  /** A guarded project of `member` for the resource `sample` would serve. */
  project: Project
  /** A browser of its own: other cookies, or without scripts. Closed afterwards. */
  openBrowser: (options?: BrowserContextOptions) => Promise<Page>
  callback: CallbackListener
  /** Starts the sample MCP server of a project at the place its resource names. Closed afterwards. */
  startSample: (project: Pick<Project, 'issuer' | 'resource'>) => Promise<SampleServer>
  /** A person with a browser that has no scripts. */
  visitor: Visitor
}

/** Mails are shown in a frame that runs no scripts, and Playwright's own look into every frame is one. */
const DRIVER_IN_A_MAIL = /^Blocked script execution in 'about:srcdoc'/

export class Complaints {
  readonly #heard: string[] = []
  readonly #foreseen: RegExp[] = [DRIVER_IN_A_MAIL]

  listenTo(context: BrowserContext): void {
    context.on('console', (message) => message.type() === 'error' && this.#heard.push(`${message.text()} (${message.location().url})`))
    context.on('weberror', (error) => this.#heard.push(String(error.error())))
  }

  /** Chromium writes failed navigations and blocked requests to the console; where a test is about one, it says so. */
  foresee(pattern: RegExp): void {
    this.#foreseen.push(pattern)
  }

  unforeseen(): string[] {
    return this.#heard.filter((text) => !this.#foreseen.some((pattern) => pattern.test(text)))
  }
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  complaints: async ({}, use) => {
    const complaints = new Complaints()
    await use(complaints)
    base.expect(complaints.unforeseen(), 'what pages complained of').toEqual([])
  },

  context: async ({ context, complaints }, use) => {
    complaints.listenTo(context)
    await use(context)
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above
  member: async ({}, use) => use(await signUpMember()),

  dashboard: async ({ page, context, member }, use) => {
    await context.addCookies(cookiesOf(member))
    await use(page)
  },

  project: async ({ member }, use) => use(await createProject({ owner: member, resource: `http://localhost:${await freePort()}/mcp` })),

  openBrowser: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await newContext(browser, options)
      complaints.listenTo(context)
      contexts.push(context)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above
  callback: async ({}, use) => {
    const listener = await listenForCallback()
    await use(listener)
    await listener.close()
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above
  startSample: async ({}, use) => {
    const servers: SampleServer[] = []
    await use(async ({ issuer, resource }) => {
      const server = await startSampleServer({ issuer, resource, port: Number(new URL(resource).port) })
      servers.push(server)
      return server
    })
    for (const server of servers) await server.close()
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above
  visitor: async ({}, use) => {
    const door: Door = openDoor(target())
    await use(new Visitor(new ScriptlessBrowser(door, target())))
    door.close()
  },
})

/** After this a click reaches its handler: buttons come from the server and stand there before scripts answer. */
export const ready = (page: Page): Promise<void> => page.locator('html[data-ready]').waitFor({ state: 'attached' })

/** Goes there, and waits until the page's scripts answer. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

const newContext = (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> =>
  browser.newContext({ baseURL: target(), ...options })
