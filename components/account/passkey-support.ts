'use client'

import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useSyncExternalStore } from 'react'

const nothing = () => () => {}

/** Whether this browser has passkeys; null until its scripts have said so. */
export const usePasskeySupport = (): boolean | null => useSyncExternalStore(nothing, browserSupportsWebAuthn, () => null)
