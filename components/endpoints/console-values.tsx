'use client'

import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import type { Values } from '#lib/oauth/reference/call.ts'

type Console = {
  readonly issuer: string
  readonly allowedOrigins: readonly string[]
  readonly opened: boolean
  /** What is known of the project, was typed or was answered, by the names that examples have for it. */
  readonly values: Values
  readonly learn: (more: Values) => void
}

const Context = createContext<Console | null>(null)

type ConsoleValuesProps = Omit<Console, 'learn'> & { children: ReactNode }

/** In the memory of this page and nowhere else: it is gone when the page is. */
export function ConsoleValues({ values: known, children, ...rest }: ConsoleValuesProps) {
  const [learned, setLearned] = useState<Values>({})
  const learn = useCallback((more: Values) => setLearned((before) => ({ ...before, ...more })), [])
  return <Context value={{ ...rest, values: { ...known, ...learned }, learn }}>{children}</Context>
}

/** Throws outside of `ConsoleValues`. */
export function useConsole(): Console {
  const shared = use(Context)
  if (!shared) throw new Error('there is no ConsoleValues around this')
  return shared
}
