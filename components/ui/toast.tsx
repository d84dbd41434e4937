'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

/** Where short confirmations appear; failures of a form stand in the form. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      style={{ fontFamily: 'inherit' }}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-good" />,
        error: <CircleAlert aria-hidden className="size-4 text-bad" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'flex w-full items-start gap-2.5 rounded-lg bg-raised px-4 py-3 text-[13px] text-ink shadow-pop sm:w-[356px]',
          icon: 'mt-[2px]',
          title: 'font-medium',
          description: 'text-ink-soft',
        },
      }}
    />
  )
}
