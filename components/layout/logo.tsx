import { classNames } from '../ui/class-names.ts'

/** An arch with its portcullis half down. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={classNames('size-6 shrink-0', className)}>
      <rect width="32" height="32" rx="7" className="fill-solid" />
      <g fill="none" strokeLinecap="round" className="stroke-on-solid">
        <path d="M8 25V13.5a8 8 0 0 1 16 0V25" strokeWidth="2.6" />
        <path d="M13.2 25V14M18.8 25V14M10 18.6h12" strokeWidth="1.9" />
      </g>
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={classNames('inline-flex items-center gap-2 font-semibold text-[15px] tracking-[-0.02em]', className)}>
      <LogoMark />
      Gatehouse
    </span>
  )
}
