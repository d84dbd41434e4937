/** Wider or higher ones cost a browser more memory than their file's size says. */
export const MAX_PIXELS = 1024

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp'
type Size = { readonly width: number; readonly height: number }
export type Picture = Size & { readonly mediaType: PictureType }

export const hasTooManyPixels = ({ width, height }: Size): boolean => Math.max(width, height) > MAX_PIXELS

/**
 * What a file is, and how many pixels wide and high, by its own bytes: a name or a declared type is the sender's word.
 * Null for anything but PNG, JPEG and WebP. SVG is none of these: it runs scripts.
 */
export function pictureIn(file: Uint8Array): Picture | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  for (const { mediaType, sizeOf } of FORMATS) {
    const size = sizeOf(bytes)
    if (size && Math.min(size.width, size.height) >= 1) return { mediaType, ...size }
  }
  return null
}

/** `sizeOf` is null for a file of another format, and for one whose header is damaged. */
const FORMATS: readonly { mediaType: PictureType; sizeOf: (bytes: Buffer) => Size | null }[] = [
  { mediaType: 'image/png', sizeOf: sizeOfPng },
  { mediaType: 'image/jpeg', sizeOf: sizeOfJpeg },
  { mediaType: 'image/webp', sizeOf: sizeOfWebp },
]

const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex')

/** PNG (ISO/IEC 15948) §11.2.1: the header chunk comes first. */
function sizeOfPng(bytes: Buffer): Size | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG_START) || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** ITU-T T.81 §B.1.1.3: start-of-frame markers, which hold the size; the four others in their range are none. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function sizeOfJpeg(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1 // §B.1.1.2: fill bytes
      continue
    }
    if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** RFC 9649 §2.5–2.7: lossy, lossless and extended. */
function sizeOfWebp(bytes: Buffer): Size | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return null
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return null
      const packed = bytes.readUInt32LE(21)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}
