import type { Metadata } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** End users are guests of the project, not of ours: a quiet sheet in the middle, and nothing that leads away. */
export default function IssuerLayout({ children }: { children: ReactNode }) {
  return <main className="grid min-h-dvh content-start justify-items-center px-4 pt-[min(10vh,6rem)] pb-16">{children}</main>
}
