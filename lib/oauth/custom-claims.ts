import { RESERVED_CLAIMS } from './access-token.ts'
import type { ClaimMapping } from './context.ts'

const MAX_VALUE_BYTES = 1_024
const MAX_TOTAL_BYTES = 4_096

/**
 * What a project's mappings make of a user's attributes, as claims of a token. `attributes`: JSON object; null for a user without any.
 * A value of more than 1 KB, and what would bring the whole to more than 4 KB, is left out: half a value could say something else.
 * Names that are ours to say are never set, whatever the settings hold.
 */
export function customClaims(mappings: readonly ClaimMapping[], attributes: string | null): Record<string, unknown> {
  if (mappings.length === 0 || attributes === null) return {}
  const known = JSON.parse(attributes) as Record<string, unknown>
  const claims: Record<string, unknown> = {}
  let left = MAX_TOTAL_BYTES
  for (const { claim, from } of mappings) {
    const value = Object.hasOwn(known, from) ? known[from] : null
    if (value === null || RESERVED_CLAIMS.has(claim)) continue
    const bytes = Buffer.byteLength(JSON.stringify(value))
    const cost = bytes + Buffer.byteLength(JSON.stringify(claim)) + 2
    if (bytes > MAX_VALUE_BYTES || cost > left) continue
    claims[claim] = value
    left -= cost
  }
  return claims
}
