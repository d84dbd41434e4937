import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '#lib/env.ts'

/** First byte of everything sealed: how it was sealed, so that another way can come later. */
const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Each kind is sealed under a key of its own. */
export type SealedKind = 'upstream-provider' | 'upstream-sign-in' | 'upstream-token' | 'webhook-secret'

/** What a sealed text belongs to: a signing key, one row of a kind, or a member; moved to another row it does not open. */
export type SealedFor =
  | { readonly projectId: string; readonly kid: string }
  | { readonly projectId: string; readonly kind: SealedKind; readonly id: string }
  | { readonly memberId: string; readonly kind: 'member-totp' }

/** The key-encryption key is not the one it was sealed with, or somebody changed the row. */
export class SealBroken extends Error {
  constructor(belongsTo: SealedFor, cause?: unknown) {
    super(`${wordsOf(belongsTo)} does not open: KEY_ENCRYPTION_KEY is not the one it was sealed with`, { cause })
    this.name = 'SealBroken'
  }
}

/** AES-256-GCM under a key derived from KEY_ENCRYPTION_KEY: version, IV, ciphertext, tag; base64url. */
export function seal(text: string, belongsTo: SealedFor): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(belongsTo), iv).setAAD(associatedData(belongsTo))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), iv, sealed, cipher.getAuthTag()]).toString('base64url')
}

/** Throws `SealBroken`. */
export function open(sealed: string, belongsTo: SealedFor): string {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes[0] !== VERSION || bytes.length <= 1 + IV_BYTES + TAG_BYTES) throw new SealBroken(belongsTo)
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(belongsTo), bytes.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(associatedData(belongsTo)).setAuthTag(bytes.subarray(-TAG_BYTES))
    return decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch (error) {
    throw new SealBroken(belongsTo, error)
  }
}

type Named = { readonly kind: SealedKind | 'signing-key' | 'member-totp'; readonly owner: string; readonly id: string }

function nameOf(belongsTo: SealedFor): Named {
  if ('kid' in belongsTo) return { kind: 'signing-key', owner: belongsTo.projectId, id: belongsTo.kid }
  if ('memberId' in belongsTo) return { kind: belongsTo.kind, owner: belongsTo.memberId, id: '' }
  return { kind: belongsTo.kind, owner: belongsTo.projectId, id: belongsTo.id }
}

function wordsOf(belongsTo: SealedFor): string {
  const { kind, owner, id } = nameOf(belongsTo)
  if (kind === 'member-totp') return `The sealed ${kind} of member ${owner}`
  return `${kind === 'signing-key' ? 'Signing key' : `The sealed ${kind}`} ${id} of project ${owner}`
}

function associatedData(belongsTo: SealedFor): Buffer {
  const { owner, id } = nameOf(belongsTo)
  return Buffer.from(`${VERSION}\0${owner}\0${id}`)
}

/** RFC 5869. */
const sealingKey = (belongsTo: SealedFor): Buffer =>
  Buffer.from(
    hkdfSync('sha256', env().KEY_ENCRYPTION_KEY, '', `gatehouse ${nameOf(belongsTo).kind.replaceAll('-', ' ')}s, version ${VERSION}`, 32),
  )
