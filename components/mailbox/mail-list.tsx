import { Card } from '../ui/card.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

type ListedMail = { id: string; at: string; to: string; subject: string }

export function MailList({ mails }: { mails: readonly ListedMail[] }) {
  if (mails.length === 0) return <p className="text-ink-soft">Nothing yet. Codes, links and notices to your users appear here.</p>
  return (
    <Card>
      <ul className="divide-y">
        {mails.map(({ id, at, to, subject }) => (
          <li key={id}>
            <a href={`/mailbox/${id}`} className="grid gap-0.5 px-5 py-3.5 hover:bg-hover">
              <span className="wrap-anywhere font-medium">{subject}</span>
              <span className="flex flex-wrap justify-between gap-x-4 text-[13px] text-ink-soft">
                <span className="wrap-anywhere">to {to}</span>
                <RelativeTime at={new Date(at)} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
