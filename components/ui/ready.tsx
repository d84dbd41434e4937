'use client'

import { useEffect } from 'react'

/** Marks the page once scripts answer: before that a click reaches nobody, so tests wait for it. */
export function Ready() {
  useEffect(() => {
    document.documentElement.dataset.ready = ''
  }, [])
  return null
}
