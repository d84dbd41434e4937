import type { ComponentProps } from 'react'
import { TextField } from './field.tsx'

type NewPasswordFieldProps = Pick<ComponentProps<typeof TextField>, 'label' | 'name' | 'hint' | 'error' | 'className'>

/** For a password that is being chosen. Browsers hold it to the bounds that the verbs set. */
export const NewPasswordField = ({ hint = 'At least 12 characters. Any character will do.', ...rest }: NewPasswordFieldProps) => (
  <TextField type="password" autoComplete="new-password" required minLength={12} maxLength={128} hint={hint} {...rest} />
)
