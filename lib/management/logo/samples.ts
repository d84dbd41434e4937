import { randomInt } from 'node:crypto'
import type { ManagementContext } from '../context.ts'
import { setLogo } from '../projects/logo.ts'
import type { Samples } from '../samples.ts'

/** PNG, of which only the header is read; another one each time, because the same is no change. */
const newPicture = (): Buffer =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    sizeOf(randomInt(1, 1_000)),
    sizeOf(randomInt(1, 1_000)),
    Buffer.alloc(24),
  ])

function sizeOf(pixels: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(pixels)
  return bytes
}

async function withLogo(ctx: ManagementContext): Promise<object> {
  await setLogo(ctx, newPicture())
  return {}
}

export const logoSamples: Samples = {
  setLogo: { input: async () => ({ data: newPicture().toString('base64') }) },
  removeLogo: { input: ({ ctx }) => withLogo(ctx) },
}
