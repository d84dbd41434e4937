'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/**
 * Whether a dialog is open. With a `name`, `?open=<name>` in the address opens it too, so that a link can lead to it. The parameter is
 * taken out again at once: neither reloading nor the way back opens what somebody has closed.
 */
export function useOpen(name?: string): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  const here = usePathname()
  const params = useSearchParams()
  const isAsked = name !== undefined && params.get('open') === name
  useEffect(() => {
    if (!isAsked) return
    setOpen(true)
    const rest = new URLSearchParams(params)
    rest.delete('open')
    window.history.replaceState(null, '', rest.size > 0 ? `${here}?${rest}` : here)
  }, [isAsked, here, params])
  return [open, setOpen]
}
