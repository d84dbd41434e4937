import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const look = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-solid text-on-solid hover:not-disabled:bg-solid-hover',
        secondary: 'border border-line-strong bg-surface text-ink shadow-card hover:not-disabled:bg-hover',
        ghost: 'text-ink-soft hover:not-disabled:bg-hover hover:not-disabled:text-ink',
        danger: 'bg-bad-solid text-white hover:not-disabled:bg-bad-solid-hover',
        'danger-quiet': 'border border-line-strong bg-surface text-bad shadow-card hover:not-disabled:bg-bad-soft',
      },
      size: {
        sm: 'h-8 px-3 text-[13px] [&_svg]:size-3.5',
        md: 'h-9 px-3.5 text-sm [&_svg]:size-4',
        lg: 'h-11 px-5 text-[15px] [&_svg]:size-4',
        icon: 'size-8 [&_svg]:size-4',
      },
    },
    defaultVariants: { tone: 'primary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof look> & { asChild?: boolean; pending?: boolean }

/** `pending` keeps the width: the label stays in place, invisible, under the spinner. */
export function Button({ tone, size, asChild, pending = false, className, children, ...rest }: ButtonProps) {
  const classes = classNames(look({ tone, size }), className)
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button type="button" className={classes} aria-busy={pending || undefined} {...rest} disabled={pending || rest.disabled}>
      <span className={classNames('inline-flex items-center gap-1.5', pending && 'opacity-0')}>{children}</span>
      {pending && <LoaderCircle aria-hidden className="absolute animate-spin" />}
    </button>
  )
}
