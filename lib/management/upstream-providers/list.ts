import { randomUUID } from 'node:crypto'
import { read } from '#lib/db/transaction.ts'
import { GITHUB } from '#lib/end-user/upstream/provider.ts'
import type { ProviderPreset } from '#lib/oauth/context.ts'
import { callbackUrl } from '#lib/oauth/provider-metadata.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { usersByIssuer } from '../users-by-issuer.ts'
import { type ListUpstreamProvidersInput, listUpstreamProvidersInput } from './inputs.ts'

/** Without its secret, which nobody sees again. */
export type ListedProvider = {
  readonly id: string
  readonly preset: ProviderPreset
  readonly name: string
  /** Null for GitHub. */
  readonly issuer: string | null
  readonly clientId: string
  readonly scope: string
  readonly enabled: boolean
  readonly keepTokens: boolean
  /** What the provider must know as redirect URIs: one for each issuer of the project, the primary one first. */
  readonly callbackUrls: readonly string[]
  readonly createdAt: Date
  /** Who has come from there. */
  readonly userCount: number
}

/** `next`: the id that the next one will have, and its URLs, which its provider wants to know before it gives a client id. */
export type ProviderList = {
  readonly providers: readonly ListedProvider[]
  readonly next: Pick<ListedProvider, 'id' | 'callbackUrls'>
  readonly nextCursor: null
}

/** The oldest first; a project has twenty at most, so there is no second page. Throws `forbidden`. */
export async function listUpstreamProviders(ctx: ManagementContext, input: ListUpstreamProvidersInput = {}): Promise<ProviderList> {
  requirePermission(ctx, 'project:read')
  parseInput(listUpstreamProvidersInput, input)
  const projectId = ctx.project.id
  const [rows, issuers] = await Promise.all([
    read((db) =>
      db.upstreamProvider.findMany({ where: { projectId }, omit: { sealedSecret: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    ),
    read((db) => db.issuer.findMany({ where: { projectId }, select: { url: true }, orderBy: [{ isPrimary: 'desc' }, { url: 'asc' }] })),
  ])
  const users = await usersByIssuer(ctx, rows.map(identityIssuerOf))
  const callbackUrls = (id: string) => issuers.map(({ url }) => callbackUrl(url, id))
  const id = randomUUID()
  return {
    providers: rows.map(({ projectId: _, ...row }) => ({
      ...row,
      preset: row.preset as ProviderPreset,
      callbackUrls: callbackUrls(row.id),
      userCount: users.get(identityIssuerOf(row)) ?? 0,
    })),
    next: { id, callbackUrls: callbackUrls(id) },
    nextCursor: null,
  }
}

/** Under what its people are kept: GitHub is no issuer of OpenID Connect and has a name of ours. */
const identityIssuerOf = ({ issuer }: { readonly issuer: string | null }): string => issuer ?? GITHUB
