import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** X.509 as far as a test needs it (RFC 5280): `node:crypto` reads certificates, but makes none. */
export type Certificate = { readonly key: string; readonly cert: string }
export type Authority = Certificate & { issue(names: readonly string[], validity?: Validity): Certificate }
type Validity = { readonly from: Date; readonly until: Date }

const DAY_MS = 86_400_000
const aroundNow = (): Validity => ({ from: new Date(Date.now() - DAY_MS), until: new Date(Date.now() + DAY_MS) })

/** An authority of its own, which nobody trusts unless told to. */
export function newAuthority(name = 'Test authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isAuthority = extension('551d13', sequence(boolean(true)), true)
  const cert = certificate(name, name, keys.publicKey, aroundNow(), [isAuthority], keys.privateKey)
  return {
    ...pem(keys.privateKey, cert),
    issue: (names, validity = aroundNow()) => {
      const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const alternatives = extension('551d11', sequence(...names.map((each) => der(0x82, Buffer.from(each)))), false)
      return pem(leaf.privateKey, certificate(name, names[0] ?? '', leaf.publicKey, validity, [alternatives], keys.privateKey))
    },
  }
}

function certificate(issuer: string, subject: string, key: KeyObject, { from, until }: Validity, extensions: Buffer[], signer: KeyObject) {
  const algorithm = sequence(oid('2a8648ce3d040302')) // ecdsa-with-SHA256
  const signed = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(time(from), time(until)),
    commonName(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  return sequence(signed, algorithm, bitString(sign('sha256', signed, signer)))
}

function pem(key: KeyObject, cert: Buffer): Certificate {
  const lines = cert
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content)
const integer = (bytes: Buffer): Buffer => der(0x02, bytes)
const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 255 : 0]))
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const bitString = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes)
const commonName = (name: string): Buffer => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))
const time = (at: Date): Buffer => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')))
const extension = (id: string, value: Buffer, critical: boolean): Buffer =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), der(0x04, value))
