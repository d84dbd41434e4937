import { Sheet } from './sheet.tsx'

export type GoneReason = 'unknown' | 'other_browser' | 'expired' | 'already_answered'

const WORDS: Record<GoneReason, { title: string; text: string; next: string }> = {
  unknown: {
    title: 'This request does not exist',
    text: 'The address may be incomplete, or the app that sent you here has been removed.',
    next: 'Go back to the app and start connecting again.',
  },
  other_browser: {
    title: 'This request belongs to another browser',
    text: 'For your safety it can only be answered in the browser that opened it. If somebody sent you this link, do not go on.',
    next: 'To connect an app of your own, start again from that app.',
  },
  expired: {
    title: 'This request has expired',
    text: 'It waits for ten minutes, and those are over. Nothing was allowed.',
    next: 'Go back to the app and start connecting again.',
  },
  already_answered: {
    title: 'You have answered already',
    text: 'Your decision has been sent to the app.',
    next: 'You can close this page. To decide anew, start again from the app.',
  },
}

/** Nothing can be done here, so it says why and where to go on. */
export function Gone({ reason }: { reason: GoneReason }) {
  const { title, text, next } = WORDS[reason]
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
