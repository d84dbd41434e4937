import type { ListedScope } from '#lib/management/scopes/list.ts'
import { Checkbox } from '../ui/input.tsx'

type ConsentPreviewProps = Pick<ListedScope, 'name' | 'description' | 'risk' | 'isRequired'>

/** The entry as people see it when they decide, while it is being written. */
export function ConsentPreview({ name, description, risk, isRequired }: ConsentPreviewProps) {
  return (
    <figure className="grid gap-2 rounded-lg border bg-sunken px-4 py-3">
      <figcaption className="text-ink-soft text-xs">On the consent page</figcaption>
      <div className="flex items-start gap-3">
        <span className="flex h-5 items-center">
          <Checkbox checked readOnly disabled={isRequired} tabIndex={-1} aria-hidden />
        </span>
        <div className="grid min-w-0 gap-0.5">
          <p className="wrap-anywhere font-medium leading-5">{description.trim() || 'What it allows, in words'}</p>
          <p className="text-[13px] text-ink-soft">
            <code className="wrap-anywhere font-mono text-xs">{name.trim() || 'scope'}</code>
            {isRequired && ' · required'}
            {risk === 'high' && <strong className="font-medium text-bad"> · high risk</strong>}
          </p>
        </div>
      </div>
    </figure>
  )
}
