'use client'

import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'

/** The only time anybody sees them: kept in this component's props, in no URL, no storage and no later answer of the server. */
export function RecoveryCodes({ codes, onStored }: { codes: readonly string[]; onStored: () => void }) {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])
  return (
    <div className="grid min-w-0 gap-5">
      <Notice tone="warn" title="These are shown once">
        Each opens your account once when you do not have your app at hand. Keep them where your phone is not.
      </Notice>
      <div className="grid gap-2">
        <ol
          aria-label="Recovery codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border bg-sunken p-4 font-mono text-[13px]"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <p className="flex items-center gap-1 text-[13px] text-ink-soft">
          <CopyButton text={codes.join('\n')} label="Copy recovery codes" /> Copy all ten
        </p>
      </div>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button tone="secondary" onClick={() => download(codes)}>
          <Download aria-hidden />
          Download
        </Button>
        <Button onClick={onStored}>I stored them</Button>
      </div>
    </div>
  )
}

function download(codes: readonly string[]): void {
  const text = `Gatehouse recovery codes for ${window.location.host}\nEach counts once.\n\n${codes.join('\n')}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'gatehouse-recovery-codes.txt'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
