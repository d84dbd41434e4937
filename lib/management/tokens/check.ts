import { oauthStore } from '#lib/db/oauth-store.ts'
import { read } from '#lib/db/transaction.ts'
import type { AccessTokenClaims } from '#lib/oauth/context.ts'
import { OFFLINE_ACCESS, OPENID_DESCRIPTIONS } from '#lib/oauth/scope.ts'
import { invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { listResources } from '../resources/list.ts'
import { listScopes } from '../scopes/list.ts'
import {
  audienceFinding,
  bindingFinding,
  issuerFinding,
  kindOf,
  scopeFinding,
  type TokenKind,
  timeFindings,
  typeFinding,
} from './claims.ts'
import type { Finding } from './finding.ts'
import { type CheckTokenInput, checkTokenInput } from './inputs.ts'
import { signatureOf } from './signature.ts'
import { clientFinding, standingFinding, userFinding } from './standing.ts'
import { type Unpacked, unpack } from './unpack.ts'

export type TokenReport = {
  readonly kind: TokenKind
  /** Signed by a key of this project. Of any other token nothing is said but what stands in it. */
  readonly isOurs: boolean
  /** Whether an MCP server of this project should let it in. */
  readonly isAccepted: boolean
  readonly findings: readonly Finding[]
  /** As JSON, indented. */
  readonly header: string
  readonly claims: string
}

/**
 * Reads a token, and says claim by claim whether an MCP server of this project should accept it. It is neither stored nor recorded, and no
 * answer repeats its signature. Throws `forbidden`, and `invalid` for what is no signed JWT.
 */
export async function checkToken(ctx: ManagementContext, input: CheckTokenInput): Promise<TokenReport> {
  requirePermission(ctx, 'grant:read')
  const { token } = parseInput(checkTokenInput, input)
  const unpacked = unpack(token)
  if (typeof unpacked === 'string') throw invalid({ token: unpacked })
  const now = await oauthStore(ctx.project.id).now()
  const { isOurs, finding } = await signatureOf(ctx, token, unpacked, now)
  const findings = isOurs ? [finding, ...(await claimFindings(ctx, unpacked, now))] : [finding]
  return {
    ...{ kind: kindOf(unpacked.header.typ), isOurs, findings },
    isAccepted: findings.every(({ verdict }) => verdict !== 'bad'),
    header: JSON.stringify(unpacked.header, null, 2),
    claims: JSON.stringify(unpacked.claims, null, 2),
  }
}

/** Of claims that a key of this project signed: what they name is this project's, and has the form we gave it. */
async function claimFindings(ctx: ManagementContext, { header, claims }: Unpacked, now: Date): Promise<Finding[]> {
  const issuers = await read((db) =>
    db.issuer.findMany({ where: { projectId: ctx.project.id }, select: { url: true }, orderBy: [{ isPrimary: 'desc' }, { url: 'asc' }] }),
  )
  const first = [
    typeFinding(header.typ),
    issuerFinding(
      claims.iss,
      issuers.map(({ url }) => url),
    ),
  ]
  switch (kindOf(header.typ)) {
    case 'access-token':
      return [...first, ...(await accessTokenFindings(ctx, claims as AccessTokenClaims, now))]
    case 'id-token': {
      const { sub, aud } = claims
      const people = await Promise.all([clientFinding(ctx, 'aud', String(aud)), userFinding(ctx, String(sub), null)])
      return [...first, ...timeFindings(claims, now), ...people]
    }
    case 'other':
      return [...first, ...timeFindings(claims, now)]
  }
}

async function accessTokenFindings(ctx: ManagementContext, claims: AccessTokenClaims, now: Date): Promise<Finding[]> {
  const [resources, scopes, client, user, standing] = await Promise.all([
    listResources(ctx),
    listScopes(ctx),
    clientFinding(ctx, 'client_id', claims.client_id),
    userFinding(ctx, claims.sub, claims.client_id),
    standingFinding(ctx, claims),
  ])
  const known = [...scopes.map(({ name }) => name), OFFLINE_ACCESS, ...OPENID_DESCRIPTIONS.keys()]
  const binding = bindingFinding(claims.cnf)
  return [
    ...[audienceFinding(claims.aud, resources), ...timeFindings(claims, now), client, user, scopeFinding(claims.scope, known)],
    ...(binding ? [binding] : []),
    standing,
  ]
}
