import type { ComponentProps } from 'react'
import { pageWords } from '../end-user/words.ts'
import { TextField } from '../ui/field.tsx'
import type { SignInProps } from './sign-in-props.ts'

type EmailFieldProps = Pick<ComponentProps<typeof TextField>, 'hint' | 'autoComplete'> & { page: Pick<SignInProps['page'], 'loginHint'> }

/** Filled with the address that the client named. */
export async function EmailField({ page, ...rest }: EmailFieldProps) {
  const words = (await pageWords()).signIn
  return (
    <TextField
      label={words.email}
      name="email"
      type="email"
      autoComplete="username"
      required
      maxLength={254}
      defaultValue={page.loginHint ?? ''}
      className="h-10"
      {...rest}
    />
  )
}
