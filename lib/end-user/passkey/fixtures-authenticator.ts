import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a test may have an authenticator, or the browser in front of it, get wrong. */
export type Twist = {
  readonly clientData?: Readonly<Record<string, unknown>>
  readonly rpId?: string
  readonly flags?: number
  readonly signCount?: number
  readonly format?: string
  readonly statement?: ReadonlyMap<string, unknown>
  /** What a browser may leave of an authenticator that attests with the new key itself. */
  readonly selfAttested?: true
  /** FIDO U2F, by a certificate: right in all its parts. */
  readonly certified?: true
  readonly userHandle?: string | undefined
  readonly algorithm?: number
  readonly signature?: Buffer
  /** Of the envelope, such as `type`. */
  readonly envelope?: Readonly<Record<string, unknown>>
}

type CreationOptions = { challenge: string; rp: { id: string }; user: { id: string } }
type RequestOptions = { challenge: string; rpId: string }

const UP = 0x01
const UV = 0x04
const AT = 0x40
export const FLAGS = { present: UP, verified: UP | UV, backedUp: UP | UV | 0x08 | 0x10 } as const

const NOTHING = Buffer.alloc(0)
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: string | Buffer): string => Buffer.from(data).toString('base64url')

/** An authenticator and the browser in front of it, as far as a server sees them: real keys, real signatures (WebAuthn Level 3 §6). */
export class SoftwareAuthenticator {
  readonly #origin: string
  readonly #key: KeyObject
  readonly #publicKey: Map<number, unknown>
  readonly id: Buffer
  #userHandle = ''
  /** 0: it does not count. */
  signCount: number

  constructor(origin: string, { signCount = 0, id = randomBytes(32) }: { signCount?: number; id?: Buffer } = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#origin = origin
    this.#key = privateKey
    this.#publicKey = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    this.id = id
    this.signCount = signCount
  }

  get credentialId(): string {
    return base64url(this.id)
  }

  /** `navigator.credentials.create()`, as JSON. */
  create(options: CreationOptions, twist: Twist = {}): string {
    this.#userHandle = options.user.id
    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, twist)
    const key = new Map(this.#publicKey)
    if (twist.algorithm !== undefined) key.set(3, twist.algorithm)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, cbor(key)])
    const authData = Buffer.concat([this.#authenticatorData(options.rp.id, AT, twist), attested])
    const attestation = new Map<string, unknown>([
      ['fmt', twist.format ?? (twist.selfAttested ? 'packed' : twist.certified ? 'fido-u2f' : 'none')],
      ['attStmt', twist.statement ?? this.#statement(authData, clientDataJSON, twist)],
      ['authData', authData],
    ])
    return this.#answer({ clientDataJSON: base64url(clientDataJSON), attestationObject: base64url(cbor(attestation)) }, twist)
  }

  #statement(authData: Buffer, clientDataJSON: string, { selfAttested, certified }: Twist): Map<string, unknown> {
    if (certified) return this.#certify(authData, clientDataJSON)
    const own: [string, unknown][] = [
      ['alg', -7],
      ['sig', this.#sign(authData, clientDataJSON)],
    ]
    return new Map(selfAttested ? own : [])
  }

  /** WebAuthn Level 3 §8.6. */
  #certify(authData: Buffer, clientDataJSON: string): Map<string, unknown> {
    const { privateKey, certificate } = attestationKey()
    const [x, y] = [this.#publicKey.get(-2), this.#publicKey.get(-3)] as Buffer[]
    const key = Buffer.concat([Buffer.from([4]), x ?? NOTHING, y ?? NOTHING])
    const signed = Buffer.concat([Buffer.from([0]), authData.subarray(0, 32), sha256(clientDataJSON), this.id, key])
    return new Map<string, unknown>([
      ['sig', sign('sha256', signed, privateKey)],
      ['x5c', [certificate]],
    ])
  }

  #sign = (authData: Buffer, clientDataJSON: string): Buffer => sign('sha256', Buffer.concat([authData, sha256(clientDataJSON)]), this.#key)

  /** `navigator.credentials.get()`, as JSON. */
  get(options: RequestOptions, twist: Twist = {}): string {
    if (this.signCount > 0) this.signCount++
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, twist)
    const authenticatorData = this.#authenticatorData(options.rpId, 0, twist)
    const signature = twist.signature ?? this.#sign(authenticatorData, clientDataJSON)
    const userHandle = 'userHandle' in twist ? twist.userHandle : this.#userHandle
    const response = { clientDataJSON, authenticatorData, signature }
    return this.#answer({ ...mapValues(response, base64url), ...(userHandle === undefined ? {} : { userHandle }) }, twist)
  }

  #clientData = (type: string, challenge: string, { clientData = {} }: Twist): string =>
    JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false, ...clientData })

  #authenticatorData(rpId: string, moreFlags: number, { rpId: another, flags = FLAGS.verified, signCount }: Twist): Buffer {
    const rest = Buffer.alloc(5)
    rest.writeUInt8(flags | moreFlags)
    rest.writeUInt32BE(signCount ?? this.signCount, 1)
    return Buffer.concat([sha256(another ?? rpId), rest])
  }

  #answer(response: Readonly<Record<string, string>>, { envelope = {} }: Twist): string {
    const { credentialId: id } = this
    return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {}, ...envelope })
  }
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

/** RFC 8949, as much of it as authenticators use. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
  throw new TypeError('not of an authenticator')
}

function head(major: number, length: number): Buffer {
  const type = major << 5
  if (length < 24) return Buffer.from([type | length])
  return length < 256 ? Buffer.from([type | 24, length]) : Buffer.from([type | 25, length >> 8, length & 0xff])
}

/** A key with a certificate by itself (RFC 5280 §4.1), as makers of authenticators have them. */
function attestationKey(): { privateKey: KeyObject; certificate: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('Maker')))))
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const key = publicKey.export({ format: 'der', type: 'spki' })
  const certified = der(0x30, version, serial, ecdsaWithSha256, name, validity, name, key)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', certified, privateKey))
  return { privateKey, certificate: der(0x30, certified, ecdsaWithSha256, signature) }
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const lengths = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...lengths]), content])
}
