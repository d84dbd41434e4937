import { randomBytes } from 'node:crypto'
import { promises as files } from 'node:fs'
import path from 'node:path'
import { env } from '#lib/env.ts'

/** A mail that a development installation kept instead of sending it. */
export type KeptMail = {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const KEPT = 200

const folder = (): string => path.resolve(env().MAIL_DIR)
const fileOf = (id: string): string => path.join(folder(), `${id}.json`)

/** Ids sort by time. The folder holds codes and links, so only its owner may read it. */
export async function keepMail(mail: Omit<KeptMail, 'id' | 'at'>): Promise<void> {
  const at = new Date().toISOString()
  const id = `${at.replace(/\D/g, '')}-${randomBytes(4).toString('hex')}`
  await files.mkdir(folder(), { recursive: true, mode: 0o700 })
  await files.writeFile(`${fileOf(id)}.part`, JSON.stringify({ id, at, ...mail }), { mode: 0o600 })
  await files.rename(`${fileOf(id)}.part`, fileOf(id)) // whoever lists the folder never sees half a mail
  const old = (await ids()).slice(KEPT)
  await Promise.all(old.map((each) => files.rm(fileOf(each), { force: true })))
}

/** Newest first. */
export async function listMail(): Promise<KeptMail[]> {
  const found = await Promise.all((await ids()).slice(0, KEPT).map(readMail))
  return found.filter((mail) => mail !== null)
}

/** Null for an id that names none. */
export async function readMail(id: string): Promise<KeptMail | null> {
  if (!/^\d{17}-[0-9a-f]{8}$/.test(id)) return null
  const text = await orNull(files.readFile(fileOf(id), 'utf8'))
  return text === null ? null : (JSON.parse(text) as KeptMail)
}

async function ids(): Promise<string[]> {
  const names = (await orNull(files.readdir(folder()))) ?? []
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted()
    .toReversed()
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
