import type { ListedScope } from '#lib/management/scopes/list.ts'
import type { Tone } from '../ui/badge.tsx'

export const RISK_WORDS: Readonly<Record<ListedScope['risk'], { readonly label: string; readonly tone: Tone; readonly hint: string }>> = {
  low: { label: 'Low risk', tone: 'neutral', hint: 'Reads what does little harm in the wrong hands.' },
  medium: { label: 'Medium risk', tone: 'warn', hint: 'Changes things, or reads what is private.' },
  high: { label: 'High risk', tone: 'bad', hint: 'Deletes, pays or sends. The consent page marks it in words.' },
}
