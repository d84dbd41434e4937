import type { ReactNode } from 'react'

export type AccountFormProps = { action: string; csrf: string }

/** A plain form of a signed-in user's page. */
export function AccountForm({
  action,
  csrf,
  intent,
  fields = {},
  className = 'grid gap-4',
  children,
}: AccountFormProps & { intent: string; fields?: Readonly<Record<string, string>>; className?: string; children: ReactNode }) {
  return (
    <form method="post" action={action} className={className}>
      {Object.entries({ csrf, intent, ...fields }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}
