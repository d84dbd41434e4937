'use client'

import { createContext, useContext } from 'react'

/** Asks whoever sits there to prove that they are the member. False: they did not want to, or could not. */
export type Reauthenticate = () => Promise<boolean>

/** Outside the dashboard nobody can be asked. */
const nobodyToAsk: Reauthenticate = async () => false

export const ReauthenticationContext = createContext<Reauthenticate>(nobodyToAsk)

/** For what is not a form; `useForm` does it by itself. */
export const useReauthentication = (): Reauthenticate => useContext(ReauthenticationContext)
