import type { ListedResource } from '#lib/management/resources/list.ts'
import type { UnknownResource } from '#lib/management/resources/list-unknown.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { AliasDialog } from './alias-dialog.tsx'
import { OneClickAlias } from './one-click-alias.tsx'

type UnknownResourcesProps = {
  unknown: readonly UnknownResource[]
  resources: readonly ListedResource[]
  /** Null for whoever may only look. */
  addAlias: null | ((identifier: string) => FormAction)
}

const hostOf = (url: string): string => new URL(url).host

/** "Clients ask for X, you registered Y". What is on a host of the project's own is one click away from working. */
export function UnknownResources({ unknown, resources, addAlias }: UnknownResourcesProps) {
  return (
    <Card>
      <CardHeader
        title="Clients ask for what is not registered"
        description="They are refused with invalid_target. Most often the client uses another path than the one you registered. Counted over the last 7 days."
      />
      <ul className="mt-3 grid" aria-label="Unknown resources">
        {unknown.map((asked) => {
          const target = resources.find(({ identifier }) => hostOf(identifier) === hostOf(asked.resource))
          const fallback = resources.find(({ isDefault }) => isDefault) ?? resources[0]
          return (
            <li key={asked.resource} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-5 py-3">
              <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
                <code className="wrap-anywhere font-mono text-[12.5px]">{asked.resource}</code>
                <span className="flex flex-wrap items-center gap-x-1.5 text-[13px] text-ink-soft">
                  {asked.requests === 1 ? '1 request' : `${asked.requests.toLocaleString('en')} requests`}, last{' '}
                  <RelativeTime at={asked.lastAskedAt} />
                  {asked.clients.length > 0 && ` · ${asked.clients.map(({ name }) => name).join(', ')}`}
                  {!target && <Badge tone="warn">Another host</Badge>}
                </span>
              </div>
              {addAlias && target && <OneClickAlias alias={asked.resource} resource={target} action={addAlias(target.identifier)} />}
              {addAlias && !target && fallback && (
                <AliasDialog
                  resource={fallback}
                  suggested={asked.resource}
                  action={addAlias(fallback.identifier)}
                  trigger={
                    <Button tone="secondary" size="sm" aria-label={`Make it an alias… ${asked.resource}`}>
                      Make it an alias…
                    </Button>
                  }
                />
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
