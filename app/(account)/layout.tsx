import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '../../components/layout/logo.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] px-5">
      <header className="mx-auto flex h-16 w-full max-w-6xl items-center">
        <Link href="/" className="rounded-md">
          <Logo />
        </Link>
      </header>
      <main className="grid justify-items-center pt-[min(9vh,5rem)] pb-20">{children}</main>
    </div>
  )
}
