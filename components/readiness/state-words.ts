import type { RequirementState } from '#lib/management/readiness/requirement.ts'
import type { Tone } from '../ui/badge.tsx'

export const STATES: Readonly<Record<RequirementState, readonly [Tone, string]>> = {
  ready: ['good', 'Ready'],
  'needs-you': ['warn', 'Needs you'],
  unseen: ['neutral', 'Cannot be seen from here'],
}
