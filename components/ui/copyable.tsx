import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

type CopyableProps = { label: string; value: string; className?: string }

/** One value in a frame, never cut off, with its copy button. `label` is what it is: "issuer URL". */
export function Copyable({ label, value, className }: CopyableProps) {
  return (
    <div className={classNames('flex min-h-9 min-w-0 items-center gap-1 rounded-md border bg-sunken pr-1 pl-3', className)}>
      <code className="wrap-anywhere min-w-0 flex-1 py-1.5 font-mono text-[12.5px]">{value}</code>
      <CopyButton text={value} label={`Copy ${label}`} className="mt-[3px] self-start" />
    </div>
  )
}

/** In running text and tables: the value, its copy button on hover and focus. */
export function CopyableText({ label, value, className }: CopyableProps) {
  return (
    <span className={classNames('group/copy inline-flex min-w-0 max-w-full items-center gap-1', className)}>
      <code className="min-w-0 truncate font-mono text-[12.5px]" title={value}>
        {value}
      </code>
      <QuietCopy label={label} value={value} />
    </span>
  )
}

/** Only the copy button, on hover of its row and on focus: for an id that nobody reads. */
export function QuietCopy({ label, value }: CopyableProps) {
  return (
    <CopyButton
      text={value}
      label={`Copy ${label}`}
      className="size-6 opacity-0 focus-visible:opacity-100 group-hover/copy:opacity-100 group-hover/row:opacity-100 [@media(hover:none)]:opacity-100"
    />
  )
}
