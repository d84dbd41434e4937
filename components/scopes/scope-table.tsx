import type { ListedScope } from '#lib/management/scopes/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { ScopeDialog } from './scope-dialog.tsx'

type ScopeTableProps = { scopes: readonly ListedScope[]; update: (name: string) => FormAction; remove: (name: string) => FormAction }

export function ScopeTable({ scopes, update, remove }: ScopeTableProps) {
  return (
    <Table label="Scopes">
      <thead>
        <tr>
          <Th>Scope</Th>
          <Th>In words</Th>
          <Th>Default</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {scopes.map((scope) => (
          <Tr key={scope.name}>
            <Td>
              <code className="font-mono text-[12.5px]">{scope.name}</code>
            </Td>
            <Td className="min-w-52">{scope.description}</Td>
            <Td>{scope.isDefault ? <Badge tone="accent">Default</Badge> : <span className="text-ink-faint">On request</span>}</Td>
            <Td className="whitespace-nowrap text-right">
              <ScopeDialog
                scope={scope}
                action={update(scope.name)}
                trigger={
                  <Button tone="ghost" size="sm" aria-label={`Edit ${scope.name}`}>
                    Edit
                  </Button>
                }
              />
              <ConfirmDialog
                trigger={
                  <Button tone="ghost" size="sm" aria-label={`Delete ${scope.name}`}>
                    Delete
                  </Button>
                }
                title={`Delete ${scope.name}?`}
                confirm="Delete scope"
                done={`${scope.name} is deleted`}
                action={remove(scope.name)}
              >
                <p>
                  Nobody can grant it from now on, and it leaves the metadata. Grants and tokens that have it already keep it until they
                  end, so your server should go on knowing it for a while.
                </p>
              </ConfirmDialog>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
