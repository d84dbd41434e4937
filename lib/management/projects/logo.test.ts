import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { auditRows, newSetting } from '../fixtures.ts'
import { findLogo, removeLogo, setLogo } from './logo.ts'
import { logoMediaType, MAX_LOGO_BYTES } from './logo-file.ts'

const file = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat([...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))), Buffer.alloc(40)])

const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const u16 = (value: number): number[] => [value >>> 8, value & 255]
const u16le = (value: number): number[] => [value & 255, value >>> 8]
const u24le = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255]

const png = (width: number, height: number) => file([0x89], 'PNG\r\n\x1a\n', u32(13), 'IHDR', u32(width), u32(height))
const jpeg = (width: number, height: number) =>
  file([0xff, 0xd8, 0xff, 0xe0, ...u16(16)], 'JFIF\0aaaaaaaaa', [0xff, 0xff, 0xc0, ...u16(17), 8, ...u16(height), ...u16(width)])
const riff = (kind: string) => ['RIFF', u32(0), 'WEBP', kind, u32(0)] as const
const lossy = (width: number, height: number) => file(...riff('VP8 '), [0, 0, 0, 0x9d, 0x01, 0x2a, ...u16le(width), ...u16le(height)])
const lossless = (width: number, height: number) => {
  const packed = (width - 1) | ((height - 1) << 14)
  return file(...riff('VP8L'), [0x2f, ...[0, 8, 16, 24].map((shift) => (packed >>> shift) & 255)])
}
const extended = (width: number, height: number) => file(...riff('VP8X'), u32(0), u24le(width - 1), u24le(height - 1))

const KINDS = { png, jpeg, lossy, lossless, extended }
const MEDIA_TYPES = { png: 'image/png', jpeg: 'image/jpeg', lossy: 'image/webp', lossless: 'image/webp', extended: 'image/webp' } as const

describe.each(Object.entries(KINDS))('a logo of the kind %s', (kind, make) => {
  it.each([
    [1, 1],
    [1024, 1024],
    [640, 200],
  ])('may be %i × %i pixels', (width, height) =>
    expect(logoMediaType(make(width, height))).toBe(MEDIA_TYPES[kind as keyof typeof MEDIA_TYPES]),
  )

  it.each([
    [1025, 16],
    [16, 1025],
  ])('may not be %i × %i pixels', (width, height) => expect(() => logoMediaType(make(width, height))).toThrow(/1024/))
})

describe('as a logo is refused', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['SVG, which runs scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['GIF', Buffer.from('GIF89a')],
    ['the start of a PNG', png(16, 16).subarray(0, 20)],
    ['a PNG without a size', file([0x89], 'PNG\r\n\x1a\n', u32(13), 'IDAT', u32(16), u32(16))],
    ['a PNG of no pixels', png(0, 16)],
    ['a JPEG without a frame', file([0xff, 0xd8, 0xff, 0xda, ...u16(8)])],
    ['a JPEG whose segments stand still', file([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
    ['a WebP of an unknown kind', file(...riff('VP9 '))],
    ['one byte too many', Buffer.concat([png(16, 16), Buffer.alloc(MAX_LOGO_BYTES)])],
  ])('%s', (_, bytes) => expect(() => logoMediaType(bytes)).toThrow(expect.objectContaining({ code: 'invalid' })))
})

describe('the logo of a project', () => {
  it('is kept as it came, replaced, and removed, each with one row in the log and a new generation', async () => {
    const { ctx } = await newSetting()
    const generation = async () => (await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })).generation
    const [rows, before] = [(await auditRows(ctx)).length, await generation()]
    const first = await setLogo(ctx, png(16, 16))
    expect(await findLogo(ctx)).toMatchObject({ mediaType: 'image/png', hash: first.hash })
    expect(Buffer.from((await findLogo(ctx))?.bytes ?? [])).toEqual(png(16, 16))
    await setLogo(ctx, extended(16, 16))
    expect(await findLogo(ctx)).toMatchObject({ mediaType: 'image/webp' })
    await removeLogo(ctx)
    expect(await findLogo(ctx)).toBeNull()
    expect(await auditRows(ctx)).toHaveLength(rows + 3)
    expect(await generation()).toBe(before + 3)
  })

  it('is changed by what is one, and by nothing else', async () => {
    const { ctx } = await newSetting()
    await setLogo(ctx, png(16, 16))
    const rows = (await auditRows(ctx)).length
    await expect(setLogo(ctx, Buffer.from('<svg/>'))).rejects.toMatchObject({ code: 'invalid' })
    await setLogo(ctx, png(16, 16))
    expect(await auditRows(ctx)).toHaveLength(rows)
    expect(await findLogo(ctx)).toMatchObject({ mediaType: 'image/png' })
  })

  it('is nobody else’s', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    await setLogo(theirs.ctx, png(16, 16))
    expect(await findLogo(mine.ctx)).toBeNull()
    await expect(removeLogo(mine.ctx)).rejects.toMatchObject({ code: 'not_found' })
    expect(await findLogo(theirs.ctx)).not.toBeNull()
  })
})
