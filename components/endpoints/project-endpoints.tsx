import type { ProjectDetails } from '#lib/management/projects/get.ts'
import type { Values } from '#lib/oauth/reference/call.ts'
import type { Switch } from '#lib/oauth/reference/entry.ts'
import { groupedReference, reference } from '#lib/oauth/reference/reference.ts'
import { EndpointGroups } from '../docs/endpoint-groups.tsx'
import { JumpList } from '../docs/jump-list.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { ConsoleValues } from './console-values.tsx'
import { IssuerChoice } from './issuer-choice.tsx'
import { SwitchedOff } from './switched-off.tsx'
import { isOn } from './switches.ts'
import { TryIt } from './try-it.tsx'

type ProjectEndpointsProps = {
  project: ProjectDetails
  switches: Readonly<Record<Switch, boolean>>
  /** The issuer that the address names, whether or not it is one of the project's. */
  asked: string | undefined
}

/** The reference as this project is set up, each entry with a way to try it. */
export function ProjectEndpoints({ project, switches, asked }: ProjectEndpointsProps) {
  const { issuers, settings, slug } = project
  const named = issuers.find(({ url }) => url === asked)
  const issuer = (named ?? issuers[0])?.url ?? ''
  const values = valuesOf(project)
  const groups = groupedReference(reference.filter((entry) => isOn(entry, switches)))
  return (
    <ConsoleValues issuer={issuer} values={values} allowedOrigins={settings.allowedOrigins} opened={named !== undefined}>
      <div className="grid min-w-0 max-w-4xl gap-8">
        <div className="grid min-w-0 gap-3">
          <IssuerChoice issuers={issuers} chosen={issuer} />
          {issuers.length < 2 && <Copyable label="issuer URL" value={issuer} />}
        </div>
        <JumpList
          label="Endpoints on this page"
          groups={groups.map(({ name, entries }) => ({ label: name, to: entries.map(({ id, title }) => ({ id, text: title })) }))}
        />
        <EndpointGroups groups={groups} issuer={issuer} values={values} below={(entry) => <TryIt entry={entry} />} />
        <SwitchedOff entries={reference.filter((entry) => !isOn(entry, switches))} slug={slug} />
      </div>
    </ConsoleValues>
  )
}

/** What examples name and this project has. */
function valuesOf({ resources, scopes }: ProjectDetails): Values {
  const resource = resources.find(({ isDefault }) => isDefault) ?? resources[0]
  const byDefault = scopes.filter(({ isDefault }) => isDefault).map(({ name }) => name)
  return {
    state: 'xyz',
    ...(resource ? { resource: resource.identifier } : {}),
    ...(byDefault.length > 0 ? { scope: byDefault.join(' ') } : {}),
  }
}
