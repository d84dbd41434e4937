// One of two processes that race for the same rows: `node --import tsx lib/db/fixtures-racer.ts`, told what to do over IPC.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from './client.ts'
import { event, newFamily, successor } from './fixtures.ts'
import { oauthStore } from './oauth-store.ts'

export type Race = { readonly projectId: string; readonly at: number; readonly racers: number } & (
  | { readonly kind: 'redeem'; readonly codeHash: string }
  | { readonly kind: 'refresh'; readonly familyId: string; readonly presentedHash: string }
  | { readonly kind: 'revoke'; readonly grantId: string }
)

async function race(told: Race): Promise<(string | null)[]> {
  await sleep(Math.max(0, told.at - Date.now() - 3))
  while (Date.now() < told.at) {
    // the last milliseconds by the clock both processes share
  }
  return Promise.all(Array.from({ length: told.racers }, () => run(told)))
}

async function run(told: Race): Promise<string | null> {
  const store = oauthStore(told.projectId)
  switch (told.kind) {
    case 'redeem':
      return store.redeemCode(told.codeHash, randomUUID(), newFamily(), event('token.issued'))
    case 'refresh':
      return refresh(told.projectId, told.familyId, told.presentedHash)
    case 'revoke':
      await store.revokeGrant(told.grantId, 'user', event('grant.revoked'))
      return 'revoked'
  }
}

/** As the token endpoint does it: rotate, and whoever lost says the winner's successor. Null: refused. */
async function refresh(projectId: string, familyId: string, presentedHash: string): Promise<string | null> {
  const store = oauthStore(projectId)
  const next = successor()
  const family = await store.findRefreshFamily(familyId)
  if (!family || family.revoked) return null
  if (family.currentHash === presentedHash) {
    const { outcome } = await store.rotateRefreshToken(familyId, presentedHash, next, event('refresh.rotated'))
    if (outcome === 'rotated') return next.hash
  }
  const after = await store.findRefreshFamily(familyId)
  return after && !after.revoked && after.previousHash === presentedHash && after.previousValid ? after.currentHash : null
}

process.on('message', (told: Race | 'end') => {
  if (told === 'end') void closeDatabase().then(() => process.disconnect())
  else
    void race(told).then(
      (outcomes) => process.send?.(outcomes),
      (error: unknown) => process.send?.({ failed: String(error) }),
    )
})
process.send?.('ready')
