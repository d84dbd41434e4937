import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'

export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="-ml-0.5 mb-1 inline-flex w-fit items-center gap-1.5 rounded text-[13px] text-ink-soft transition-colors hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  )
}
