import { expect, test } from './fixtures.ts'
import { type Client, createClient, registerClient } from './support/client.ts'
import { RUNNER_REDIRECT, runConformance } from './support/conformance-runner.ts'
import { openDoor } from './support/door.ts'
import { nextDoor, target } from './support/installation.ts'
import { createProject, type Project } from './support/project.ts'
import { ScriptlessBrowser } from './support/scriptless-browser.ts'
import { Visitor } from './support/visitor.ts'

const CLIENTS: Readonly<Record<string, (project: Project) => Promise<Client>>> = {
  'a client made by hand': (project) => createClient(project, RUNNER_REDIRECT),
  'a client that registered': (project) => registerClient(project, RUNNER_REDIRECT),
}
const DOORS = { 'our own door': target, 'the door of Next': nextDoor }

for (const [door, origin] of Object.entries(DOORS)) {
  for (const [who, makeClient] of Object.entries(CLIENTS)) {
    test(`the official conformance runner passes through ${door} as ${who}, whether it names the resource or not`, async () => {
      test.setTimeout(240_000) // npm may have to fetch the runner, and Node 22 for it
      const at = origin()
      test.skip(at === null, 'no installation behind Next’s own server was started')
      const project = await createProject({ origin: at ?? '' })
      const { client_id: clientId } = await makeClient(project)
      const opened = openDoor(at ?? '')
      for (const resource of [undefined, project.resource]) {
        const person = new Visitor(new ScriptlessBrowser(opened, at ?? ''))
        const asked = { issuer: project.issuer, clientId, ...(resource ? { resource } : {}) }
        const { status, output } = await runConformance(asked, (url) => person.answer(url))
        expect(output).toContain('Total: 3 passed, 0 failed') // without a client id it skips a scenario and still ends with 0
        expect(status).toBe(0)
      }
      opened.close()
    })
  }
}
