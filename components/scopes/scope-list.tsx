'use client'

import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { type DragEvent, startTransition, useOptimistic, useState } from 'react'
import type { AffectedGrants } from '#lib/management/affected-grants.ts'
import type { ListedScope } from '#lib/management/scopes/list.ts'
import { AffectedGrantsText, grantsText } from '../resources/affected-grants.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { ScopeDialog } from './scope-dialog.tsx'
import { RISK_WORDS } from './scope-words.ts'

export type ShownScope = ListedScope & {
  readonly affected: AffectedGrants
  readonly update: FormAction
  readonly remove: FormAction
}

type ScopeListProps = {
  scopes: readonly ShownScope[]
  mayWrite: boolean
  /** All names in their new order; what is wrong in a sentence, or null. */
  order: (names: readonly string[]) => Promise<string | null>
}

/** In the order in which consent shows them; moved by hand, or by two buttons that a keyboard reaches. */
export function ScopeList({ scopes, mayWrite, order }: ScopeListProps) {
  const [shown, show] = useOptimistic(scopes)
  const [dragged, setDragged] = useState<string | null>(null)

  const move = (name: string, to: number) => {
    const moved = shown.find((scope) => scope.name === name)
    const others = shown.filter((scope) => scope.name !== name)
    if (!moved || shown.indexOf(moved) === to || to < 0 || to > others.length) return
    const next = [...others.slice(0, to), moved, ...others.slice(to)]
    startTransition(async () => {
      show(next)
      const problem = await order(next.map((scope) => scope.name))
      if (problem) toast.error(problem)
      else toast.success(`${name} is number ${to + 1}`)
    })
  }
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault()
    if (dragged) move(dragged, to)
    setDragged(null)
  }

  return (
    <ul aria-label="Scopes" className="grid min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      {shown.map((scope, index) => (
        <li
          key={scope.name}
          onDragOver={(event) => dragged && event.preventDefault()}
          onDrop={(event) => drop(event, index)}
          className={classNames(
            'flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2.5 last:border-b-0 sm:px-4',
            dragged === scope.name && 'opacity-50',
          )}
        >
          {mayWrite && (
            <div className="flex items-center">
              <span
                draggable
                aria-hidden
                onDragStart={(event) => {
                  event.dataTransfer.setData('text/plain', scope.name)
                  setDragged(scope.name)
                }}
                onDragEnd={() => setDragged(null)}
                className="hidden cursor-grab text-ink-faint active:cursor-grabbing sm:block"
              >
                <GripVertical className="size-4" />
              </span>
              <Button
                tone="ghost"
                size="icon"
                aria-label={`Move ${scope.name} up`}
                disabled={index === 0}
                onClick={() => move(scope.name, index - 1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                tone="ghost"
                size="icon"
                aria-label={`Move ${scope.name} down`}
                disabled={index === shown.length - 1}
                onClick={() => move(scope.name, index + 1)}
              >
                <ArrowDown aria-hidden />
              </Button>
            </div>
          )}
          <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
            <p className="wrap-anywhere">{scope.description}</p>
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-soft">
              <code className="wrap-anywhere font-mono text-[12.5px]">{scope.name}</code>
              <span>{grantsText(scope.affected.grants)}</span>
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-1.5">
            {scope.risk !== 'low' && <Badge tone={RISK_WORDS[scope.risk].tone}>{RISK_WORDS[scope.risk].label}</Badge>}
            {scope.isRequired && <Badge>Required</Badge>}
            {scope.isDefault ? <Badge tone="accent">Default</Badge> : <Badge>On request</Badge>}
          </div>
          {mayWrite && <Acts scope={scope} />}
        </li>
      ))}
    </ul>
  )
}

function Acts({ scope }: { scope: ShownScope }) {
  return (
    <div className="ml-auto flex items-center">
      <ScopeDialog
        scope={scope}
        action={scope.update}
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
        action={scope.remove}
      >
        <p>
          <AffectedGrantsText affected={scope.affected} />
        </p>
        <p>
          Nobody can grant it from now on, it leaves the metadata, and a client that asks for nothing else is refused with{' '}
          <code className="font-mono text-[12.5px]">invalid_scope</code>. Grants and tokens that have it keep it until they end, so your
          server should go on knowing it for a while.
        </p>
      </ConfirmDialog>
    </div>
  )
}
