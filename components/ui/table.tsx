import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** Scrolls sideways inside its own frame; the page never does. `label` names it for assistive technology. */
export function Table({ label, className, children, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <div className="relative min-w-0 overflow-x-auto rounded-xl border bg-surface shadow-card">
      <table
        aria-label={label}
        className={classNames('w-full border-separate border-spacing-0 text-left text-[13px]', className)}
        {...rest}
      >
        {children}
      </table>
    </div>
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={classNames(
        'h-9 whitespace-nowrap border-b bg-sunken px-3 font-medium text-ink-soft text-xs first:pl-5 last:pr-5',
        className,
      )}
      {...rest}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={classNames('group/row [&:last-child>td]:border-b-0', className)} {...rest} />
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('h-12 border-b px-3 py-2 align-middle first:pl-5 last:pr-5', className)} {...rest} />
}
