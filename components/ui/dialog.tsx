'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { classNames } from './class-names.ts'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

const veil =
  'fixed inset-0 z-50 bg-black/45 backdrop-blur-[1px] data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0'

const frame =
  'fixed inset-x-3 z-50 mx-auto w-auto rounded-xl bg-raised shadow-pop data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0'

/** What all dialogs in the middle of the page share: the veil behind, and the sheet. */
function Frame({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={veil} />
      <Primitive.Content className={classNames(frame, className)} {...rest} />
    </Primitive.Portal>
  )
}

type ContentProps = { title: string; description?: ReactNode; children: ReactNode; className?: string; locked?: boolean }

/** `locked`: neither Escape nor a click beside it closes it; what it shows will not be shown again. */
export function DialogContent({ title, description, children, className, locked = false }: ContentProps) {
  const stay = (event: Event) => locked && event.preventDefault()
  return (
    <Frame
      onEscapeKeyDown={stay}
      onPointerDownOutside={stay}
      onInteractOutside={stay}
      {...(description ? {} : { 'aria-describedby': undefined })}
      className={classNames(
        'top-[max(1rem,8dvh)] grid max-h-[calc(100dvh-2rem)] max-w-lg overflow-y-auto data-[state=closed]:zoom-out-98 data-[state=open]:zoom-in-98',
        className,
      )}
    >
      <div className="grid gap-1 px-6 pt-5 pr-12">
        <Primitive.Title className="font-semibold text-base tracking-[-0.01em]">{title}</Primitive.Title>
        {description && <Primitive.Description className="text-ink-soft">{description}</Primitive.Description>}
      </div>
      {!locked && (
        <Primitive.Close asChild>
          <Button tone="ghost" size="icon" aria-label="Close" className="absolute top-3.5 right-3.5">
            <X aria-hidden />
          </Button>
        </Primitive.Close>
      )}
      <div className="grid min-w-0 gap-4 px-6 pt-4 pb-6">{children}</div>
    </Frame>
  )
}

/** Only the frame, with a name for assistive technology: what is in it has its own head. */
export function PlainDialogContent({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Frame aria-describedby={undefined} className="top-[max(1rem,12dvh)] max-w-xl overflow-hidden">
      <Primitive.Title className="sr-only">{title}</Primitive.Title>
      {children}
    </Frame>
  )
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="mt-1 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>
}

/** The end of a form in a dialog: a way out, and `children` on the button that sends it. */
export function FormFooter({ children, ...rest }: Pick<ButtonProps, 'pending' | 'disabled' | 'tone' | 'children'>) {
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button tone="secondary">Cancel</Button>
      </DialogClose>
      <Button type="submit" {...rest}>
        {children}
      </Button>
    </DialogFooter>
  )
}

/** Slides in from the left: the menu of a narrow screen. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={veil} />
      <Primitive.Content
        aria-describedby={undefined}
        className="data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left fixed inset-y-0 left-0 z-50 flex w-[min(18rem,85vw)] flex-col overflow-y-auto bg-raised shadow-pop duration-200 data-[state=closed]:animate-out data-[state=open]:animate-in"
      >
        <Primitive.Title className="sr-only">{title}</Primitive.Title>
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  )
}
