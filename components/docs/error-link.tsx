import type { ReactNode } from 'react'

/** To where a code is explained. */
export const ErrorLink = ({ code, children = code }: { code: string; children?: ReactNode }) => (
  <a href={`/docs/errors#${code}`} className="wrap-anywhere rounded font-mono text-[12.5px] text-accent underline underline-offset-4">
    {children}
  </a>
)
