// `npm run sample`: an MCP server to connect a client to.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { startSampleServer } from './server.ts'

const USAGE = `Usage: npm run sample -- [--issuer URL] [--resource URL] [--port 3001]

Starts an MCP server that accepts access tokens of one project. Without --issuer it is the newest project of this installation.`

type Project = { readonly slug: string; readonly issuer: string; readonly resource: string; readonly created_at: string }

const { values } = parseArgs({
  options: { issuer: { type: 'string' }, resource: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}

const project = values.issuer ? undefined : await newestProject()
if (!values.issuer && !project) {
  console.error('This installation has no project yet. Make one in the dashboard, or name an issuer with --issuer.')
  process.exit(1)
}
const issuer = values.issuer ?? project?.issuer ?? ''
const resource = values.resource ?? resourceFor(project)
const server = await startSampleServer({ issuer, resource, port: Number(values.port ?? localPort(resource) ?? 3001) })

console.log(`
  MCP server   ${server.url}
  Resource     ${resource}
  Tokens from  ${issuer}

  Claude Code  claude mcp add --transport http sample ${server.url}
  Inspector    npx @modelcontextprotocol/inspector   (Streamable HTTP, the same URL)

  Tools: whoami (scope read), add_note (scope write). A client that registers itself needs the project's
  registration switched to open; otherwise add it by hand in the dashboard.`)
if (project && project.resource !== resource)
  console.log(
    `\n  The project ${project.slug} is about ${project.resource}: add ${resource} to its resources, or tokens cannot be for this server.`,
  )
console.log('\n  Ctrl-C stops it.')

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())

/** What the project is about, when that is a server on this machine: then nothing has to be configured. */
function resourceFor(project: Project | undefined): string {
  if (project && localPort(project.resource)) return project.resource
  return `http://localhost:${values.port ?? 3001}/mcp`
}

/** The port of a URL on this machine, undefined for any other. */
function localPort(url: string): string | undefined {
  const { protocol, hostname, port } = new URL(url)
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname) ? port || '80' : undefined
}

async function newestProject(): Promise<Project | undefined> {
  const file = (name: string) => fileURLToPath(new URL(`../../lib/cli/${name}`, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file('run.mjs'), file('main.ts'), 'project', 'list', '--json'])
  return (JSON.parse(stdout) as Project[]).toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0]
}
