import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorReference } from '#lib/oauth/reference/errors.ts'
import { errorFor } from './reason-errors.ts'

const NAMED: Readonly<Record<string, string>> = {
  ...{ invalidGrant: 'invalid_grant', invalidClient: 'invalid_client', unauthorizedClient: 'unauthorized_client' },
  ...{ invalidTarget: 'invalid_target', invalidScope: 'invalid_scope' },
}

/** Each reason that the protocol's sources give, with the codes that they give it with. */
function thrown(): Map<string, Set<string>> {
  const root = new URL('../../lib/', import.meta.url)
  const found = new Map<string, Set<string>>()
  for (const folder of ['oauth', 'end-user']) {
    for (const file of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /\.test\.ts$|conformance/.test(file)) continue
      const source = readFileSync(new URL(`${folder}/${file}`, root), 'utf8')
      const calls = source.matchAll(
        /(?:new OAuthError\(\s*'(\w+)',(?:(?!new OAuthError)[^{}]|\$\{[^}]*\})*?|\b(invalid\w+|unauthorizedClient)\()\{\s*kind: '(\w+)'/g,
      )
      for (const [, code, helper = '', reason = ''] of calls) {
        const said = code ?? NAMED[helper]
        if (said) found.set(reason, (found.get(reason) ?? new Set()).add(said))
      }
    }
  }
  return found
}

describe('the error for a reason', () => {
  const reasons = [...thrown()]

  it('is known for what the sources throw', () => expect(reasons.length).toBeGreaterThan(25))

  it.each(reasons)('%s is one that the sources throw for it, and explained', (reason, codes) => {
    expect([...codes]).toContain(errorFor(reason))
    expect(errorReference).toHaveProperty(errorFor(reason) ?? '')
  })

  it('is none for what no client was told of', () => {
    expect(['token_revoked', 'device_unknown', 'credential_misused', '', 'toString'].map(errorFor)).toEqual([null, null, null, null, null])
  })
})
