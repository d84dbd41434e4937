'use client'

import { startTransition, useEffect, useEffectEvent } from 'react'

/** On a page of another organisation than the browser has chosen: the choice follows, so that the way up leads to the right place. */
export function FollowOrganisation({ organisation, follow }: { organisation: string; follow: (id: string) => Promise<void> }) {
  const choose = useEffectEvent(() => startTransition(() => follow(organisation)))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each organisation
  useEffect(() => choose(), [organisation])
  return null
}
