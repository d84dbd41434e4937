import { pageWords } from '../end-user/words.ts'
import { Sheet } from './sheet.tsx'

export type GoneReason = 'unknown' | 'other_browser' | 'expired' | 'already_answered' | 'client_changed' | 'client_unavailable'

/** Nothing can be done here, so it says why and where to go on. */
export async function Gone({ reason }: { reason: GoneReason }) {
  const { title, text, next } = (await pageWords()).gone[reason]
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
        <p className="text-ink-soft">{text}</p>
        <p className="text-ink-soft">{next}</p>
      </div>
    </Sheet>
  )
}
