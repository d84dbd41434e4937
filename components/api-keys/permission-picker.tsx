'use client'

import { useId } from 'react'
import type { Permission } from '#lib/management/context.ts'
import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import { Checkbox } from '../ui/input.tsx'
import { isReading, PERMISSION_GROUPS } from './permission-words.ts'

type PickerProps = {
  /** What may be handed out; the others are not offered. */
  offered: ReadonlySet<Permission>
  chosen: ReadonlySet<Permission>
  onChange: (chosen: ReadonlySet<Permission>) => void
  error: string | undefined
}

/** Checkboxes named `permissions`, by what they are about, with the two choices that most people want. */
export function PermissionPicker({ offered, chosen, onChange, error }: PickerProps) {
  const id = useId()
  const count = [...offered].filter((permission) => chosen.has(permission)).length
  const toggle = (permission: Permission, isChosen: boolean) =>
    onChange(new Set(isChosen ? [...chosen, permission] : [...chosen].filter((each) => each !== permission)))

  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">Permissions</legend>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden className="font-medium text-[13px]">
          Permissions
        </span>
        <span className="flex flex-wrap gap-1">
          <Button tone="ghost" size="sm" onClick={() => onChange(new Set([...offered].filter(isReading)))}>
            Read only
          </Button>
          <Button tone="ghost" size="sm" onClick={() => onChange(new Set(offered))}>
            All my role may
          </Button>
          <Button tone="ghost" size="sm" onClick={() => onChange(new Set())}>
            None
          </Button>
        </span>
      </div>
      <div className="overflow-hidden rounded-lg border">
        <div className="max-h-64 divide-y overflow-y-auto">
          {PERMISSION_GROUPS.map(({ label, permissions }) => {
            const here = (Object.entries(permissions) as [Permission, string][]).filter(([permission]) => offered.has(permission))
            if (here.length === 0) return null
            return (
              <div key={label} className="grid gap-x-4 gap-y-1.5 px-3.5 py-2.5 text-[13px] sm:grid-cols-[8rem_minmax(0,1fr)]">
                <span className="font-medium sm:font-normal sm:text-ink-soft">{label}</span>
                <span className="grid gap-1.5">
                  {here.map(([permission, words]) => (
                    <span key={permission} className="flex items-center gap-2.5">
                      <Checkbox
                        id={`${id}-${permission}`}
                        name="permissions"
                        value={permission}
                        aria-invalid={error ? true : undefined}
                        checked={chosen.has(permission)}
                        onChange={(event) => toggle(permission, event.target.checked)}
                      />
                      <label
                        htmlFor={`${id}-${permission}`}
                        className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3"
                      >
                        <span className="sr-only">{label}: </span>
                        {words}
                        <code aria-hidden className="font-mono text-[11.5px] text-ink-faint">
                          {permission}
                        </code>
                      </label>
                    </span>
                  ))}
                </span>
              </div>
            )
          })}
        </div>
      </div>
      {error ? (
        <FieldError id={`${id}-error`}>{error}</FieldError>
      ) : (
        <p className="text-[13px] text-ink-soft" aria-live="polite">
          {count === 1 ? '1 permission' : `${count} permissions`}. A key never does more than your own role: what you lose, it loses.
        </p>
      )}
    </fieldset>
  )
}
