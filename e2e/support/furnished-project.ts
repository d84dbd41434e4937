import { createClient } from './client.ts'
import { commandLineJson } from './command-line.ts'
import { type Member, signUpMember } from './member.ts'
import { createProject, type Project } from './project.ts'
import { unique } from './unique.ts'

/** A project with one of everything that has a page of its own. */
export type FurnishedProject = {
  readonly owner: Member
  readonly project: Project
  /** What the parameters of the dashboard's routes stand for. */
  readonly parameters: Readonly<Record<string, string>>
  /** Words that stand on its pages and nowhere else. */
  readonly inside: readonly string[]
}

export async function furnishedProject(): Promise<FurnishedProject> {
  const owner = await signUpMember()
  const project = await createProject({ name: unique('Notes'), owner, resource: `https://${unique('mcp')}.example/mcp` })
  const [clientName, email] = [unique('Client'), `${unique('ada')}@example.com`]
  const [client, user, endpoint] = await Promise.all([
    createClient(project, 'https://client.example/callback', clientName),
    commandLineJson<{ id: string }>(['user', 'create', '--project', project.slug, '--email', email, '--password', unique('password')]),
    commandLineJson<{ id: string }>(['webhook', 'create', '--project', project.slug, '--url', 'https://receiver.example.com/hook']),
  ])
  return {
    ...{ owner, project, inside: [project.name, project.resource, clientName, email] },
    parameters: { project: project.slug, client: client.client_id, user: user.id, endpoint: endpoint.id },
  }
}
