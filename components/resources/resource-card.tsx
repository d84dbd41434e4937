import { Plus } from 'lucide-react'
import type { AffectedGrants } from '#lib/management/affected-grants.ts'
import { metadataUrls } from '#lib/management/checks/inputs.ts'
import type { ListedResource } from '#lib/management/resources/list.ts'
import { resourceMetadata, type SnippetValues } from '../projects/snippets.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Copyable, CopyableText } from '../ui/copyable.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { AffectedGrantsText, grantsText } from './affected-grants.tsx'
import { AliasDialog } from './alias-dialog.tsx'
import { ResourceDialog } from './resource-dialog.tsx'

type ResourceCardProps = {
  resource: ListedResource
  affected: AffectedGrants
  values: Omit<SnippetValues, 'name' | 'resource'>
  /** Longest time a token for it lives on, in words. */
  tokenLife: string
  /** Null for whoever may only look. */
  acts: null | {
    rename: FormAction
    makeDefault: FormAction
    remove: FormAction
    addAlias: FormAction
    removeAlias: (alias: string) => FormAction
  }
}

/** One MCP server: what tokens carry, under which names clients find it, and what it must publish. */
export function ResourceCard({ resource, affected, values, tokenLife, acts }: ResourceCardProps) {
  const { identifier, name, isDefault } = resource
  return (
    <Card>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 pt-4">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <h2 className="wrap-anywhere font-semibold text-[15px] tracking-[-0.01em]">{name}</h2>
          {isDefault && <Badge tone="accent">Default</Badge>}
          <span className="text-[13px] text-ink-soft">{grantsText(affected.grants)}</span>
        </div>
        {acts && <Acts resource={resource} affected={affected} tokenLife={tokenLife} acts={acts} />}
      </header>
      <CardBody>
        <Copyable label={`identifier of ${name}`} value={identifier} />
        <div className="grid min-w-0 gap-1.5">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium text-[13px]">Aliases</h3>
            {acts && (
              <AliasDialog
                resource={resource}
                action={acts.addAlias}
                trigger={
                  <Button tone="ghost" size="sm" aria-label={`Add alias of ${name}`}>
                    <Plus aria-hidden />
                    Add alias
                  </Button>
                }
              />
            )}
          </div>
          <Aliases resource={resource} acts={acts} />
        </div>
        <Metadata {...values} name={name} resource={identifier} />
      </CardBody>
    </Card>
  )
}

function Acts({
  resource,
  affected,
  tokenLife,
  acts,
}: Pick<ResourceCardProps, 'resource' | 'affected' | 'tokenLife'> & {
  acts: NonNullable<ResourceCardProps['acts']>
}) {
  const { name, isDefault } = resource
  return (
    <div className="flex flex-wrap items-center">
      {!isDefault && (
        <ConfirmDialog
          trigger={
            <Button tone="ghost" size="sm" aria-label={`Make default: ${name}`}>
              Make default
            </Button>
          }
          title={`Make ${name} the default?`}
          confirm="Make default"
          danger={false}
          done={`${name} is the default`}
          action={acts.makeDefault}
        >
          <p>Clients that name no resource get tokens for it from now on. Grants that exist keep the resource they were made for.</p>
        </ConfirmDialog>
      )}
      <ResourceDialog
        resource={resource}
        action={acts.rename}
        trigger={
          <Button tone="ghost" size="sm" aria-label={`Rename ${name}`}>
            Rename
          </Button>
        }
      />
      {!isDefault && (
        <ConfirmDialog
          trigger={
            <Button tone="ghost" size="sm" aria-label={`Delete ${name}`}>
              Delete
            </Button>
          }
          title={`Delete ${name}?`}
          confirm="Delete resource"
          typed={name}
          done={`${name} is deleted`}
          action={acts.remove}
        >
          <p>
            <AffectedGrantsText affected={affected} />
          </p>
          <p>
            No token is issued or refreshed for it from now on, under none of its names. Access tokens that are out are good at your server
            for up to {tokenLife}.
          </p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function Aliases({ resource: { aliases, name }, acts }: Pick<ResourceCardProps, 'resource' | 'acts'>) {
  if (aliases.length === 0) {
    return (
      <p className="text-[13px] text-ink-soft">
        None. Slash, case and default port make no difference anyway; an alias is for another path or host, such as{' '}
        <code className="font-mono text-[12.5px]">/mcp/sse</code>.
      </p>
    )
  }
  return (
    <ul className="grid min-w-0 gap-1" aria-label={`Aliases of ${name}`}>
      {aliases.map((alias) => (
        <li key={alias} className="flex min-w-0 items-center justify-between gap-2">
          <CopyableText label="alias" value={alias} />
          {acts && (
            <ConfirmDialog
              trigger={
                <Button tone="ghost" size="sm" aria-label={`Remove the alias ${alias}`}>
                  Remove
                </Button>
              }
              title="Remove this alias?"
              confirm="Remove alias"
              done="Alias removed"
              action={acts.removeAlias(alias)}
            >
              <p className="wrap-anywhere">
                Clients that ask for {alias} are refused with <code className="font-mono text-[12.5px]">invalid_target</code>, also when
                they refresh by that name.
              </p>
            </ConfirmDialog>
          )}
        </li>
      ))}
    </ul>
  )
}

/** RFC 9728 §2: known to work with every client we have recorded. */
function Metadata(values: SnippetValues) {
  const urls = [...new Set(metadataUrls(values.resource))]
  return (
    <details className="group min-w-0">
      <summary className="w-fit cursor-pointer rounded font-medium text-[13px] marker:text-ink-faint">Metadata your server serves</summary>
      <div className="mt-3 grid min-w-0 gap-2">
        {urls.map((url) => (
          <Copyable key={url} label="metadata URL" value={url} />
        ))}
        <CodeBlock
          title={`Protected resource metadata of ${values.name}`}
          code={resourceMetadata(values)}
          language="json"
          note={urls.length > 1 ? 'Serve it at both addresses: some clients ask at the first only, others at the second.' : undefined}
        />
      </div>
    </details>
  )
}
