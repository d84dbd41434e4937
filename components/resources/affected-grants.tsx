import type { AffectedGrants } from '#lib/management/affected-grants.ts'

export const grantsText = (count: number): string => (count === 1 ? '1 grant' : `${count.toLocaleString('en')} grants`)

/** Whom it would hit: `12 grants: Claude 10, Cursor 2.` */
export function AffectedGrantsText({ affected }: { affected: AffectedGrants }) {
  if (affected.grants === 0) return <strong className="font-medium text-ink">No living grant has it.</strong>
  const named = affected.clients.reduce((sum, client) => sum + client.grants, 0)
  const parts = affected.clients.map(({ name, grants }) => `${name} ${grants.toLocaleString('en')}`)
  const others = affected.grants - named
  return (
    <>
      <strong className="font-medium text-ink">{grantsText(affected.grants)}</strong> {affected.grants === 1 ? 'has' : 'have'} it:{' '}
      {[...parts, ...(others > 0 ? [`others ${others.toLocaleString('en')}`] : [])].join(', ')}.
    </>
  )
}
