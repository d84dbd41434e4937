import { oauthStore } from '#lib/db/oauth-store.ts'
import { read } from '#lib/db/transaction.ts'
import { issuedTokenOf } from '#lib/oauth/access-token.ts'
import type { AccessTokenClaims } from '#lib/oauth/context.ts'
import { BACKEND_CLIENT_ID } from '#lib/oauth/identifier.ts'
import type { ManagementContext } from '../context.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** Of a token that one of the project's keys signed, so that what it names may be looked up. */
export async function clientFinding({ project }: ManagementContext, claim: 'client_id' | 'aud', clientId: string): Promise<Finding> {
  if (clientId === BACKEND_CLIENT_ID) return good(claim, clientId, 'Your own backend made it (token exchange).')
  const select = { name: true, revokedAt: true, blockedAt: true }
  const client = await read((db) => db.oAuthClient.findFirst({ where: { projectId: project.id, clientId }, select }))
  if (!client) return note(claim, clientId, 'No client of this project has this id: it is a workload, or was deleted since.')
  if (client.blockedAt) return bad(claim, clientId, `${client.name}, which is blocked.`)
  if (client.revokedAt) return bad(claim, clientId, `${client.name}, which is deleted.`)
  return good(claim, clientId, `${client.name}.`)
}

/** `sub` is the client's own id where nobody signed in. */
export async function userFinding({ project }: ManagementContext, sub: string, clientId: string | null): Promise<Finding> {
  if (sub === clientId) return note('sub', sub, 'The client itself: nobody signed in.')
  const select = { email: true, name: true, disabledAt: true }
  const user = await read((db) => db.endUser.findFirst({ where: { projectId: project.id, id: sub }, select }))
  if (!user) return note('sub', sub, 'No account here has this id: your backend or another issuer knows the user by it, or it was deleted.')
  const name = user.email ?? user.name ?? 'A user without a name'
  return user.disabledAt ? bad('sub', sub, `${name}, who is disabled.`) : good('sub', sub, `${name}.`)
}

/** What introspection would say, and why: a server that looks at the signature only does not learn of it. */
export async function standingFinding({ project }: ManagementContext, claims: AccessTokenClaims): Promise<Finding> {
  const projectId = project.id
  const { jti, grant_id: id } = claims
  const [lives, revoked, grant] = await Promise.all([
    oauthStore(projectId).tokenLives(issuedTokenOf(claims)),
    read((db) => db.revokedToken.count({ where: { projectId, jti } })),
    id === undefined ? null : read((db) => db.oAuthGrant.findFirst({ where: { projectId, id }, select: { revokedAt: true } })),
  ])
  const [name, value] = ['Introspection', lives ? 'active' : 'not active']
  if (lives) return good(name, value, id === undefined ? 'It counts.' : 'It counts: what its user allowed is not revoked.')
  const offline = 'A server that does not introspect takes it until it runs out.'
  if (revoked > 0) return bad(name, value, `It was revoked. ${offline}`)
  if (grant?.revokedAt) return bad(name, value, `What its user allowed was revoked at ${momentOf(grant.revokedAt)}. ${offline}`)
  if (id !== undefined && !grant) return bad(name, value, `What its user allowed is not there any more. ${offline}`)
  return bad(name, value, 'It has run out, or its client or user was shut out since it was issued.')
}

const momentOf = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`
