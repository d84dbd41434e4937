import type { ComponentProps } from 'react'
import { TextareaField } from './field.tsx'

/** For what machines read: URLs one per line, JSON, rules. */
export const CodeField = (props: Omit<ComponentProps<typeof TextareaField>, 'spellCheck' | 'className'>) => (
  <TextareaField spellCheck={false} className="font-mono text-[12.5px]" {...props} />
)
