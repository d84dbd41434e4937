import type { KeyImpact } from '#lib/management/keys/impact.ts'
import type { KeyList, ListedKey } from '#lib/management/keys/list.ts'
import { Copyable } from '../ui/copyable.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { KeyTable } from './key-table.tsx'
import { RotateKeys } from './rotate-keys.tsx'

type KeySectionProps = {
  list: KeyList
  impact: KeyImpact
  /** Where the schedule is set. */
  scheduleHref: string
  rotate: (purpose: ListedKey['purpose']) => FormAction
  revoke: (kid: string) => FormAction
}

export function KeySection({ list: { keys, jwksUrl, keyRotationDays }, impact, scheduleHref, rotate, revoke }: KeySectionProps) {
  return (
    <section className="grid min-w-0 gap-3" aria-labelledby="signing-keys">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="grid min-w-0 flex-1 basis-72 gap-0.5">
          <h2 id="signing-keys" className="font-semibold text-[15px]">
            Signing keys
          </h2>
          <p className="max-w-[72ch] text-[13px] text-ink-soft">
            Your server reads the public halves from the JWKS. A new one is published before it signs, so nothing has to be restarted.{' '}
            {keyRotationDays === null ? 'Keys are rotated by hand only.' : `Keys rotate by themselves every ${daysOf(keyRotationDays)}.`}{' '}
            <a href={scheduleHref} className="font-medium text-ink underline underline-offset-4">
              Change the schedule
            </a>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <RotateKeys label="Rotate now" opensAs="rotate-keys" action={rotate('access-token')} />
          {keys.some((key) => key.purpose === 'id-token') && <RotateKeys label="Rotate for ID tokens" action={rotate('id-token')} />}
        </div>
      </div>
      <div className="grid min-w-0 gap-1.5">
        <p className="font-medium text-[13px]">JWKS URL</p>
        <Copyable label="JWKS URL" value={jwksUrl} className="bg-surface" />
      </div>
      <KeyTable keys={keys} impact={impact} revoke={revoke} />
    </section>
  )
}

const daysOf = (days: number): string => (days === 1 ? 'day' : `${days} days`)
