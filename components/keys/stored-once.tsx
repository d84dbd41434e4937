'use client'

import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'

export type ShownSecret = { label: string; purpose: string; variable: string; value: string }

type StoredOnceProps = {
  secrets: readonly ShownSecret[]
  /** What else belongs into the file, such as the issuer. */
  alongside?: readonly (readonly [variable: string, value: string])[]
  onStored: () => void
}

/** The only time anybody sees these: kept in this component's props, in no URL, no storage and no later answer of the server. */
export function StoredOnce({ secrets, alongside = [], onStored }: StoredOnceProps) {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])

  const file = [...alongside, ...secrets.map(({ variable, value }) => [variable, value] as const)]
    .map(([variable, value]) => `${variable}=${value}\n`)
    .join('')

  return (
    <div className="grid min-w-0 gap-5">
      <Notice tone="warn" title={secrets.length > 1 ? 'These are shown once' : 'This is shown once'}>
        Nobody can read {secrets.length > 1 ? 'them' : 'it'} again, not even here. If you lose {secrets.length > 1 ? 'one' : 'it'}, make a
        new one in its place.
      </Notice>
      <dl className="grid min-w-0 gap-4">
        {secrets.map((secret) => (
          <div key={secret.variable} className="grid min-w-0 gap-1.5">
            <dt className="font-medium text-[13px]">{secret.label}</dt>
            <dd className="grid min-w-0 gap-1.5">
              <div className="flex min-w-0 items-center gap-1 rounded-md border bg-sunken py-1 pr-1 pl-3">
                <code className="min-w-0 flex-1 break-all py-1 font-mono text-[12.5px]">{secret.value}</code>
                <CopyButton text={secret.value} label={`Copy ${secret.label.toLowerCase()}`} />
              </div>
              <p className="text-[13px] text-ink-soft">{secret.purpose}</p>
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button tone="secondary" onClick={() => download(file)}>
          <Download aria-hidden />
          Download .env
        </Button>
        <Button onClick={onStored}>{secrets.length > 1 ? 'I stored them' : 'I stored it'}</Button>
      </div>
    </div>
  )
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'gatehouse.env'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
