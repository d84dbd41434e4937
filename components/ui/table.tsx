import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/**
 * The frame around a table: it scrolls, the page never does, and the table's head stays in sight. Reachable by keyboard (WCAG 2.1.1),
 * because a table may hold nothing else that is. `whole`: as long as its rows, and the page scrolls; for a list that grows while it is read.
 */
export function TableFrame({ label, whole = false, children }: { label: string; whole?: boolean; children: ReactNode }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={`${label}, scrollable`}
      className={classNames(
        'relative min-w-0 overflow-x-auto rounded-xl border bg-surface shadow-card',
        !whole &&
          'lg:max-h-[max(26rem,calc(100dvh-15rem))] lg:overflow-y-auto [&>table>thead]:sticky [&>table>thead]:top-0 [&>table>thead]:z-10',
      )}
    >
      {children}
    </section>
  )
}

/** `label` names it for assistive technology. */
export function Table({ label, className, children, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <TableFrame label={label}>
      <table
        aria-label={label}
        className={classNames('w-full border-separate border-spacing-0 text-left text-[13px]', className)}
        {...rest}
      >
        {children}
      </table>
    </TableFrame>
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

/** Above the buttons of each row. */
export const ThActions = () => (
  <Th>
    <span className="sr-only">Actions</span>
  </Th>
)

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={classNames('group/row [&:last-child>td]:border-b-0', className)} {...rest} />
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('h-12 border-b px-3 py-2 align-middle first:pl-5 last:pr-5', className)} {...rest} />
}
