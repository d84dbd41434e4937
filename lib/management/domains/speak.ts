import type { Transaction } from '#lib/db/transaction.ts'
import { customIssuer } from './record.ts'

/** Whether some project speaks at this host. One that was deleted does no more, and leaves the host to whoever proves it. */
export async function isTaken(tx: Transaction, host: string): Promise<boolean> {
  const url = customIssuer(host)
  const issuer = await tx.issuer.findUnique({ where: { url }, select: { projectId: true } })
  if (!issuer) return false
  return (await tx.project.count({ where: { id: issuer.projectId, deletedAt: null } })) > 0
}

/** The project speaks as an issuer at this host. Of two that prove it at once the unique URL picks one; false for the other. */
export async function speakAt(tx: Transaction, projectId: string, host: string): Promise<boolean> {
  const url = customIssuer(host)
  if (!(await isTaken(tx, host))) await tx.issuer.deleteMany({ where: { url, kind: 'custom' } })
  await tx.issuer.createMany({ data: [{ projectId, url, kind: 'custom', isPrimary: false }], skipDuplicates: true })
  const issuer = await tx.issuer.findUnique({ where: { url }, select: { projectId: true } })
  return issuer?.projectId === projectId
}

/** It no longer does; if it was the primary issuer, the one that never goes is it again: the path on this installation's host. */
export async function fallSilentAt(tx: Transaction, projectId: string, host: string): Promise<void> {
  const where = { projectId, url: customIssuer(host) }
  const issuer = await tx.issuer.findFirst({ where, select: { isPrimary: true } })
  await tx.issuer.deleteMany({ where })
  if (issuer?.isPrimary) await tx.issuer.updateMany({ where: { projectId, kind: 'path' }, data: { isPrimary: true } })
}
