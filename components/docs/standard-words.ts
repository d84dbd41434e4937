import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import type { Standard } from '#lib/oauth/standards/standard.ts'

/** Whether a new project has it, and what switches it. */
export function switchWords({ status, switch: by }: Standard): string {
  if (status === 'none') return 'There is no switch for it.'
  if (by === null) return 'On in every project.'
  const value = Object.entries(DEFAULT_SETTINGS).find(([name]) => name === by.setting)?.[1]
  const now = JSON.stringify(value)
  return value === by.off
    ? `Off until a project switches it on: \`${by.setting}\`, by default \`${now}\`.`
    : `On by default: \`${by.setting}\` is \`${now}\`; \`${JSON.stringify(by.off)}\` switches it off.`
}
