import type { ReactNode } from 'react'
import { pageWords } from '../end-user/words.ts'

/** The one card of an end user's page. `host` below it is what they may compare with the address bar. */
export async function Sheet({ host, children }: { host: string | null; children: ReactNode }) {
  const words = await pageWords()
  return (
    <div className="grid w-full max-w-[26rem] gap-4">
      <div className="grid gap-6 rounded-2xl border bg-surface px-5 py-7 shadow-[0_1px_2px_oklch(0_0_0/0.05),0_16px_40px_-24px_oklch(0_0_0/0.25)] sm:px-8 sm:py-8">
        {children}
      </div>
      {host && <p className="text-center text-ink-faint text-xs">{words.youAreAt(host)}</p>}
    </div>
  )
}
