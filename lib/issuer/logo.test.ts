import { describe, expect, it } from 'vitest'
import { answer } from '#lib/http/endpoint.ts'
import { newSetting } from '#lib/management/fixtures.ts'
import { removeLogo, setLogo } from '#lib/management/projects/logo.ts'

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d494844520000001000000010', 'hex'), Buffer.alloc(24)])

const get = (issuer: string, hash: string) => {
  const { host, pathname } = new URL(`${issuer}/logo/${hash}`)
  const readBody = async () => new Uint8Array()
  return answer('logo', { method: 'GET', path: pathname, query: '', headers: new Headers({ host }), socketAddress: '192.0.2.1', readBody })
}

describe('the logo of a project', () => {
  it('is served as it was stored, may be kept for ever, and can do nothing', async () => {
    const { ctx } = await newSetting()
    const { hash } = await setLogo(ctx, PNG)
    const { status, headers, body } = await get(ctx.project.issuer, hash)
    expect([status, Buffer.from(body)]).toEqual([200, PNG])
    expect(headers).toEqual({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  it('is found under its own hash at its own issuer, while it is the logo', async () => {
    const [{ ctx }, other] = [await newSetting(), await newSetting()]
    const { hash } = await setLogo(ctx, PNG)
    for (const wrong of ['', 'x', hash.toUpperCase(), `${hash}/..`, '0'.repeat(64)]) {
      expect((await get(ctx.project.issuer, wrong)).status).toBe(404)
    }
    expect((await get(other.ctx.project.issuer, hash)).status).toBe(404)
    await removeLogo(ctx)
    await expect.poll(async () => (await get(ctx.project.issuer, hash)).status, { timeout: 5_000 }).toBe(404)
  })
})
