import { createHash } from 'node:crypto'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type SetLogoInput, setLogoInput } from './inputs.ts'
import { logoMediaType } from './logo-file.ts'

export type Logo = { readonly mediaType: string; readonly bytes: Uint8Array; readonly hash: string }

/**
 * Keeps a PNG, JPEG or WebP of at most 256 KB and 1024 × 1024 pixels as the project's logo, in place of the one before.
 * Throws `forbidden`, `invalid`.
 */
export async function setLogo(ctx: ManagementContext, file: Uint8Array): Promise<{ hash: string }> {
  requirePermission(ctx, 'project:write')
  const projectId = ctx.project.id
  const mediaType = logoMediaType(file)
  const bytes = Uint8Array.from(file)
  const hash = createHash('sha256').update(bytes).digest('hex')
  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const before = await tx.projectLogo.findUnique({ where: { projectId }, select: { hash: true } })
    if (before?.hash === hash) return
    const logo = { mediaType, bytes, hash }
    await tx.projectLogo.upsert({ where: { projectId }, create: { projectId, ...logo }, update: logo })
    const changes = { logo: { before: before?.hash ?? null, after: hash } }
    await recordAudit(tx, auditSource(ctx), { action: 'project.updated', changes })
  })
  return { hash }
}

/** The same from JSON. */
export async function setLogoFrom(ctx: ManagementContext, input: SetLogoInput): Promise<{ hash: string }> {
  requirePermission(ctx, 'project:write')
  return setLogo(ctx, Buffer.from(parseInput(setLogoInput, input).data, 'base64'))
}

/** Throws `forbidden`, `not_found`. */
export async function removeLogo(ctx: ManagementContext): Promise<void> {
  requirePermission(ctx, 'project:write')
  const projectId = ctx.project.id
  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const before = await tx.projectLogo.findUnique({ where: { projectId }, select: { hash: true } })
    if (!before) throw notFound('Logo')
    await tx.projectLogo.deleteMany({ where: { projectId } })
    await recordAudit(tx, auditSource(ctx), { action: 'project.updated', changes: { logo: { before: before.hash, after: null } } })
  })
}

/** For the preview in the settings. Null for none. Throws `forbidden`. */
export async function findLogo(ctx: ManagementContext): Promise<Logo | null> {
  requirePermission(ctx, 'project:read')
  return read((db) =>
    db.projectLogo.findUnique({ where: { projectId: ctx.project.id }, select: { mediaType: true, bytes: true, hash: true } }),
  )
}
