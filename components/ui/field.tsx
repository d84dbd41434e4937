import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import { Checkbox, Input, Radio, Select, Switch, Textarea } from './input.tsx'

type Words = { label: string; hint?: ReactNode; error?: string | undefined }

const aria = (id: string, { hint, error }: Words) => ({
  id,
  'aria-describedby': hint || error ? `${id}-words` : undefined,
  'aria-invalid': error ? true : undefined,
})

/** Label, control, and one line of words below: the hint, or in its place what is wrong, so that nothing moves. */
function Frame({ id, label, hint, error, optional, children }: Words & { id: string; optional?: boolean; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="w-fit font-medium text-[13px]">
        {label}
        {optional && <span className="ml-1.5 font-normal text-ink-faint">Optional</span>}
      </label>
      {children}
      {error && <FieldError id={`${id}-words`}>{error}</FieldError>}
      {hint && !error && (
        <p id={`${id}-words`} className="text-[13px] text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-[13px] text-bad">
      <CircleAlert aria-hidden className="mt-[3px] size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  )
}

type FieldProps<Control> = Words & { optional?: boolean } & Omit<Control, 'id'>

export function TextField({ label, hint, error, optional, ...rest }: FieldProps<ComponentProps<'input'>>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      <Input {...aria(id, { label, hint, error })} {...rest} />
    </Frame>
  )
}

export function TextareaField({ label, hint, error, optional, ...rest }: FieldProps<ComponentProps<'textarea'>>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      <Textarea {...aria(id, { label, hint, error })} {...rest} />
    </Frame>
  )
}

export function SelectField({ label, hint, error, optional, children, ...rest }: FieldProps<ComponentProps<'select'>>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      <Select {...aria(id, { label, hint, error })} {...rest}>
        {children}
      </Select>
    </Frame>
  )
}

type ToggleProps = Omit<Words, 'error'> & Omit<ComponentProps<'input'>, 'id' | 'type'>

function Toggle({ id, label, hint, control, className }: Omit<Words, 'error'> & { id: string; control: ReactNode; className?: string }) {
  return (
    <div className={classNames('flex items-start gap-3', className)}>
      <span className="flex h-5 items-center">{control}</span>
      <div className="grid min-w-0 gap-0.5">
        <label htmlFor={id} className="w-fit font-medium leading-5">
          {label}
        </label>
        {hint && (
          <p id={`${id}-words`} className="text-[13px] text-ink-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

export function CheckboxField({ label, hint, ...rest }: ToggleProps) {
  const id = useId()
  return <Toggle id={id} label={label} hint={hint} control={<Checkbox {...aria(id, { label, hint })} {...rest} />} />
}

export function RadioField({ label, hint, ...rest }: ToggleProps) {
  const id = useId()
  return <Toggle id={id} label={label} hint={hint} control={<Radio {...aria(id, { label, hint })} {...rest} />} />
}

/** The switch stands at the end of its line, where a hand expects it. */
export function SwitchField({ label, hint, ...rest }: ToggleProps) {
  const id = useId()
  return (
    <Toggle
      id={id}
      label={label}
      hint={hint}
      control={<Switch {...aria(id, { label, hint })} {...rest} />}
      className="flex-row-reverse justify-between gap-6"
    />
  )
}
