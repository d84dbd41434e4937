'use client'

import { Menu } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogTrigger, Sheet } from '../ui/dialog.tsx'

/** Open belongs to the page it was opened on, so that following a link closes it. */
export function MobileMenu({ children }: { children: ReactNode }) {
  const path = usePathname()
  const [openOn, setOpenOn] = useState<string | null>(null)
  return (
    <Dialog open={openOn === path} onOpenChange={(open) => setOpenOn(open ? path : null)}>
      <DialogTrigger asChild>
        <Button tone="ghost" size="icon" aria-label="Menu">
          <Menu aria-hidden />
        </Button>
      </DialogTrigger>
      <Sheet title="Menu">{children}</Sheet>
    </Dialog>
  )
}
