import type { ComponentProps } from 'react'
import { TextField } from './field.tsx'

type NameFieldProps = Omit<ComponentProps<typeof TextField>, 'label' | 'type' | 'maxLength'> & { label?: string }

/** What a member calls something. Browsers hold it to the bounds that the verbs set. */
export const NameField = ({ label = 'Name', ...rest }: NameFieldProps) => (
  <TextField label={label} required maxLength={80} autoComplete="off" {...rest} />
)
