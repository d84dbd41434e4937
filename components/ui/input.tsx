import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const box =
  'w-full rounded-md border border-control bg-surface text-sm text-ink transition-[border-color,box-shadow] placeholder:text-ink-faint hover:not-disabled:border-ink-faint focus-visible:border-accent focus-visible:outline-none focus-visible:ring-2 focus-visible:ring-accent/35 disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-bad aria-invalid:focus-visible:ring-bad/30'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(box, 'h-9 px-3', className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(box, 'min-h-20 px-3 py-2 leading-relaxed', className)} {...rest} />
}

/** The browser's own list: right on a phone, right for a screen reader, works before any script has run. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select className={classNames(box, 'h-9 appearance-none truncate pr-8 pl-3', className)} {...rest}>
        {children}
      </select>
      <ChevronDown aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-4 text-ink-faint" />
    </span>
  )
}

export function Checkbox({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="checkbox"
      className={classNames(
        "relative size-4 shrink-0 appearance-none rounded-[4px] border border-control bg-surface transition-colors before:absolute before:inset-0 before:bg-on-solid before:opacity-0 before:[clip-path:polygon(17%_50%,26%_40%,41%_55%,74%_21%,84%_31%,41%_75%)] before:content-[''] checked:border-solid checked:bg-solid checked:before:opacity-100 disabled:opacity-50",
        className,
      )}
      {...rest}
    />
  )
}

export function Radio({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="radio"
      className={classNames(
        'size-4 shrink-0 appearance-none rounded-full border border-control bg-surface transition-colors checked:border-[5px] checked:border-solid disabled:opacity-50',
        className,
      )}
      {...rest}
    />
  )
}

/** A checkbox to forms and scripts, a switch to people. */
export function Switch({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says itself whether it is checked; aria-checked would only repeat it.
      role="switch"
      className={classNames(
        "relative h-5 w-9 shrink-0 appearance-none rounded-full border border-control bg-sunken transition-colors before:absolute before:top-[2px] before:left-[2px] before:size-3.5 before:rounded-full before:bg-ink-faint before:transition-transform before:content-[''] checked:border-solid checked:bg-solid checked:before:translate-x-4 checked:before:bg-on-solid disabled:opacity-50",
        className,
      )}
      {...rest}
    />
  )
}
