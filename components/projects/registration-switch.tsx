'use client'

import Link from 'next/link'
import { startTransition, useOptimistic } from 'react'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { SwitchField } from '../ui/field.tsx'
import type { FormState } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'

type Mode = 'guarded' | 'open' | 'off'
type RegistrationSwitchProps = { mode: Mode; settingsHref: string; change: (open: boolean) => Promise<FormState> }

/** Open mode is the one setting most people meet first, so it stands on the overview. */
export function RegistrationSwitch({ mode, settingsHref, change }: RegistrationSwitchProps) {
  const [shown, show] = useOptimistic(mode)
  const flip = (open: boolean) =>
    startTransition(async () => {
      show(open ? 'open' : 'guarded')
      const result = await change(open)
      if (result.kind === 'refused') toast.error(result.message ?? 'That could not be changed')
      else toast.success(open ? 'Any MCP client can register now' : 'Registration asks for the secret again')
    })

  return (
    <Card>
      <CardBody className="pt-5">
        <SwitchField
          label="Let any MCP client register"
          checked={shown === 'open'}
          onChange={(event) => flip(event.target.checked)}
          hint={<ModeWords mode={shown} />}
        />
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t pt-3 text-[13px] text-ink-soft">
          Now:
          <Badge tone={shown === 'open' ? 'warn' : 'neutral'}>{NAMES[shown]}</Badge>
          <Link href={settingsHref} className="underline decoration-line-strong underline-offset-4 hover:decoration-current">
            Registration settings
          </Link>
        </p>
      </CardBody>
    </Card>
  )
}

const NAMES: Record<Mode, string> = { guarded: 'Guarded (default)', open: 'Open', off: 'Off' }

function ModeWords({ mode }: { mode: Mode }) {
  if (mode === 'open')
    return 'Every client may register itself, within limits per address and per project. People see such a client marked as unverified.'
  if (mode === 'off') return 'Registration is off: only clients you make by hand can connect.'
  return 'Off, a client needs the registration secret or has to be made by hand. Cursor, GitHub Copilot, Gemini CLI and mcp-remote register themselves without a secret, so they need this on, or a client made by hand.'
}
