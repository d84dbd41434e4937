import { crc32, deflateSync } from 'node:zlib'

type Pixel = readonly [red: number, green: number, blue: number]

/** A PNG (ISO/IEC 15948): a white ring on a colour, as logos are. `pixels`: wide and high. */
export function picture(pixels: number, colour: Pixel = [234, 88, 12]): Buffer {
  const middle = (pixels - 1) / 2
  const isRing = (x: number, y: number) => Math.abs(Math.hypot(x - middle, y - middle) - pixels * 0.27) < pixels * 0.08
  const lines = Array.from({ length: pixels }, (_, y) => [
    0,
    ...Array.from({ length: pixels }, (_, x) => (isRing(x, y) ? [255, 255, 255] : colour)).flat(),
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(pixels, 0)
  header.writeUInt32BE(pixels, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(lines.flat()))), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
