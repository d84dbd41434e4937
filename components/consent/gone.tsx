import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { Sheet } from './sheet.tsx'

export type GoneReason = 'unknown' | 'other_browser' | 'expired' | 'already_answered' | 'client_changed' | 'client_unavailable'

/** Where somebody whose request is over can look at what they allowed. Not for a link that may have been sent by somebody else. */
const LEADS_ON: readonly GoneReason[] = ['expired', 'already_answered', 'client_changed']

/** Nothing can be done here, so it says why and where to go on. `appsHref`: the project's page of connected apps; null: no project is known. */
export async function Gone({ reason, appsHref }: { reason: GoneReason; appsHref: string | null }) {
  const words = await pageWords()
  const { title, text, next } = words.gone[reason]
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
        <p className="text-ink-soft">{text}</p>
        <p className="text-ink-soft">{next}</p>
      </div>
      {appsHref && LEADS_ON.includes(reason) && (
        <Button asChild tone="secondary">
          <a href={appsHref}>{words.connectedApps.tab}</a>
        </Button>
      )}
    </Sheet>
  )
}
