'use client'

import { ExternalLink } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { callOf, filled } from '#lib/oauth/reference/call.ts'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { Button } from '../ui/button.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Notice } from '../ui/notice.tsx'
import { ConsoleFields } from './console-fields.tsx'
import { useConsole } from './console-values.tsx'
import { newPkce } from './pkce.ts'
import { textsOf } from './request-console.tsx'
import { learnt, typedFields } from './typed-fields.ts'

/** Builds the address with a fresh PKCE pair and opens it where the person would see it. */
export function AuthorizeConsole({ entry }: { entry: Entry }) {
  const { learn } = useConsole()
  const [challenge, setChallenge] = useState<string | null | undefined>()
  useEffect(() => {
    let wanted = true
    void newPkce().then((made) => {
      if (!wanted) return
      if (made) learn({ code_verifier: made.verifier, code_challenge: made.challenge })
      setChallenge(made?.challenge ?? null)
    })
    return () => {
      wanted = false
    }
  }, [learn])
  if (challenge === undefined) return null
  if (challenge === null) {
    return <Notice title="Not over http">A browser makes no PKCE pair on a page without https, unless it is localhost.</Notice>
  }
  return <AddressForm entry={entry} challenge={challenge} />
}

function AddressForm({ entry, challenge }: { entry: Entry; challenge: string }) {
  const { issuer, values, learn } = useConsole()
  const [start] = useState(() => filled(entry, { ...values, code_challenge: challenge }))
  const [address, setAddress] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const texts = textsOf(event.currentTarget)
    learn(learnt(entry, texts))
    const { url } = callOf(entry, issuer, typedFields(entry, texts))
    setAddress(url)
    window.open(url, '_blank', 'noopener,noreferrer')
  }

  return (
    <form onSubmit={submit} autoComplete="off" className="grid min-w-0 gap-4">
      <ConsoleFields entry={entry} start={start} clientId="" problems={{}} />
      <p className="text-[13px] text-ink-soft">
        The page opens in a tab of its own. Afterwards the browser is at the redirect URI: the <code className="font-mono">code</code>{' '}
        stands in its address, and its verifier is filled in below “Redeem a code”.
      </p>
      <Button type="submit" size="sm" className="w-fit">
        Open
        <ExternalLink aria-hidden />
      </Button>
      <div aria-live="polite" className="min-w-0 empty:hidden">
        {address && <Copyable label="the address" value={address} />}
      </div>
    </form>
  )
}
