import type { ServerCheck } from '#lib/management/checks/inputs.ts'
import type { CheckResult } from '#lib/management/checks/run.ts'
import type { FormAction } from '../ui/form-state.ts'
import type { Check } from './checks.ts'
import { RunCheck, RunHere } from './run-check.tsx'

/** Who asks: our server the MCP server, for those who may make it; this browser the issuer. */
export type Runner = {
  readonly issuer: string
  readonly registrationMode: 'guarded' | 'open' | 'off'
  readonly server: ((check: ServerCheck) => FormAction<CheckResult>) | null
}

export function CheckRun({ check: { id, title }, runner: { issuer, registrationMode, server } }: { check: Check; runner: Runner }) {
  if (id === 'issuer') return <RunHere title={title} issuer={issuer} of={{ id }} />
  if (id === 'registration') return <RunHere title={title} issuer={issuer} of={{ id, mode: registrationMode }} />
  return server && <RunCheck title={title} action={server(id)} />
}
