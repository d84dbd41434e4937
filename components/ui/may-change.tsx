'use client'

import { createContext, type ReactNode, use } from 'react'

const Allowed = createContext(true)

/** What stands below is for looking, where the reader's role may not change it: forms rest, buttons are not there. */
export function MayChange({ allowed, children }: { allowed: boolean; children: ReactNode }) {
  return <Allowed value={allowed}>{children}</Allowed>
}

/** A control that changes something. Verbs ask for themselves: this only spares people a refusal. */
export function ToChange({ children }: { children: ReactNode }) {
  return use(Allowed) ? children : null
}

export const useMayChange = (): boolean => use(Allowed)
