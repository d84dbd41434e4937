'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button.tsx'

/** Sends its form; shows that it is on its way and cannot be pressed twice. */
export function SubmitButton(props: Omit<ButtonProps, 'type' | 'pending' | 'asChild'>) {
  const { pending } = useFormStatus()
  return <Button type="submit" pending={pending} {...props} />
}
