'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'

/** Open because the URL names one of a list; closing is immediate and leads back to the list as it was filtered. */
export function SidePanel({ title, closeHref, children }: { title: string; closeHref: string; children: ReactNode }) {
  const router = useRouter()
  const [open, setOpen] = useState(true)
  const close = () => {
    setOpen(false)
    router.push(closeHref, { scroll: false })
  }
  return (
    <Primitive.Root open={open} onOpenChange={close}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-md flex-col overflow-y-auto border-l bg-raised shadow-pop"
        >
          <header className="sticky top-0 z-10 flex min-h-14 items-center justify-between gap-4 border-b bg-raised px-5">
            <Primitive.Title className="font-semibold text-[15px]">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <Button tone="ghost" size="icon" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </header>
          <div className="grid gap-5 px-5 py-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
