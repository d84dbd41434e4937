import type { Transaction } from '#lib/db/transaction.ts'
import { resourceKey } from '#lib/oauth/resource.ts'
import { conflict } from '../context.ts'

/** Under what clients may ask for something in this project: identifiers and aliases. */
export type KnownNames = { readonly resources: readonly string[]; readonly aliases: readonly string[] }

export async function knownNames(tx: Transaction, projectId: string): Promise<KnownNames> {
  const [resources, aliases] = [
    await tx.resource.findMany({ where: { projectId }, select: { identifier: true } }),
    await tx.resourceAlias.findMany({ where: { projectId }, select: { alias: true } }),
  ]
  return { resources: resources.map(({ identifier }) => identifier), aliases: aliases.map(({ alias }) => alias) }
}

/** Clients send any spelling: two names that share one could not be told apart. Throws `conflict`. */
export function requireNewName(name: string, { resources, aliases }: KnownNames): void {
  const same = (other: string): boolean => resourceKey(other) === resourceKey(name)
  if (resources.some(same)) throw conflict('This resource is registered already')
  if (aliases.some(same)) throw conflict('This is an alias already')
}
