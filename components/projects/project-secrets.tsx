import type { CreatedProject } from '#lib/management/projects/create.ts'
import { StoredOnce } from '../keys/stored-once.tsx'

type ProjectSecretsProps = {
  project: CreatedProject
  /** In a sentence: what each is for. */
  purposes: { registration: string; server: string }
  onStored: () => void
}

/** The two secrets that a new project comes with. */
export const ProjectSecrets = ({ project, purposes, onStored }: ProjectSecretsProps) => (
  <StoredOnce
    alongside={[
      ['GATEHOUSE_ISSUER', project.issuer],
      ['GATEHOUSE_RESOURCE', project.resource],
    ]}
    secrets={[
      {
        label: 'Registration secret',
        purpose: purposes.registration,
        variable: 'GATEHOUSE_REGISTRATION_SECRET',
        value: project.registrationSecret,
      },
      { label: 'Server secret', purpose: purposes.server, variable: 'GATEHOUSE_SERVER_SECRET', value: project.serverSecret },
    ]}
    onStored={onStored}
  />
)
