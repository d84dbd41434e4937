import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  info: { icon: Info, look: 'border-line bg-sunken', mark: 'text-ink-soft' },
  warn: { icon: TriangleAlert, look: 'border-warn/25 bg-warn-soft', mark: 'text-warn' },
  bad: { icon: CircleAlert, look: 'border-bad/25 bg-bad-soft', mark: 'text-bad' },
}

/** `bad` is announced at once: it answers what the person just did. */
export function Notice({ tone = 'info', title, children }: { tone?: keyof typeof looks; title?: string; children?: ReactNode }) {
  const { icon: Icon, look, mark } = looks[tone]
  return (
    <div role={tone === 'bad' ? 'alert' : 'note'} className={classNames('flex gap-2.5 rounded-lg border px-3.5 py-3 text-[13px]', look)}>
      <Icon aria-hidden className={classNames('mt-[2px] size-4 shrink-0', mark)} />
      <div className="grid min-w-0 gap-0.5">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-ink-soft">{children}</div>}
      </div>
    </div>
  )
}
