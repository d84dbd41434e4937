import type { ReactNode } from 'react'
import type { SignInProps } from './sign-in-props.ts'

type FormProps = Pick<SignInProps, 'action'> & {
  page: Pick<SignInProps['page'], 'destination' | 'csrf'>
  /** Left out where the buttons say it. */
  intent?: string
  fields?: Readonly<Record<string, string>>
  className?: string
  children: ReactNode
}

/** What every form of the sign-in page carries. */
export const hiddenFields = ({ destination, csrf }: FormProps['page']): Readonly<Record<string, string>> => ({
  [destination.name]: destination.value,
  csrf,
})

/** A plain form: no script, no third party. */
export function Form({ action, page, intent, fields = {}, className = 'grid gap-4', children }: FormProps) {
  const hidden = { ...hiddenFields(page), ...(intent ? { intent } : {}), ...fields }
  return (
    <form method="post" action={action} className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}
