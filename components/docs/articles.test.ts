import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { surface } from '#lib/http/surface.ts'
import { routeAt, routesOf } from '#lib/management/api/routes.ts'
import { operations } from '#lib/management/operations.ts'
import type { Block, Call } from './block.ts'
import { downstream } from './downstream.ts'
import { guides } from './moving/guides.ts'
import { TWO_ISSUERS } from './moving/two-issuers.ts'
import { questions } from './questions.ts'

const answers = questions.flatMap((group) => group.questions)
const pages: readonly { path: string; ids: readonly string[]; blocks: readonly Block[] }[] = [
  ...[{ ...downstream, slug: '' }, ...guides].map(({ slug, lead, sections }) => ({
    path: slug ? `/docs/moving/${slug}` : '/docs/downstream',
    ids: sections.map(({ id }) => id),
    blocks: [lead, ...sections.flatMap(({ title, blocks }) => [title, ...blocks])],
  })),
  {
    path: '/docs/questions',
    ids: [...questions, ...answers].map(({ id }) => id),
    blocks: answers.flatMap(({ asks, answer, more }) => [asks, answer, ...more]),
  },
]

function textsOf(block: Block): readonly string[] {
  if (typeof block === 'string') return [block]
  if ('list' in block) return block.list
  if ('steps' in block) return block.steps
  if ('compare' in block) return [...block.compare.sides, ...block.compare.rows.flat()]
  return []
}

const texts = pages.flatMap(({ path, blocks }) => blocks.flatMap(textsOf).map((text) => ({ path, text })))
const calls = pages.flatMap(({ path, blocks }) =>
  blocks.flatMap((block): [string, string, Call][] =>
    typeof block !== 'string' && 'call' in block ? [[path, block.call.title, block.call]] : [],
  ),
)

describe('the articles', () => {
  it.each(pages)('$path has no place twice', ({ ids }) => expect(new Set(ids).size).toBe(ids.length))

  it.each(pages)('$path calls no two regions the same: their names tell landmarks and copy buttons apart', ({ blocks }) => {
    const names = blocks.flatMap((block) => {
      if (typeof block === 'string') return []
      if ('call' in block) return [block.call.title, `Answer: ${block.call.title}`]
      return 'code' in block ? [block.title] : 'compare' in block ? [block.compare.label] : []
    })
    expect(new Set(names).size).toBe(names.length)
  })

  it('link to places of one another that exist', () => {
    const places = new Set(pages.flatMap(({ path, ids }) => [path, ...ids.map((id) => `${path}#${id}`)]))
    const links = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => (href.startsWith('#') ? path + href : href)),
    )
    const ours = links.filter((href) => /^\/docs\/(downstream|questions|moving)/.test(href))
    expect(ours.length).toBeGreaterThan(5)
    expect(ours.filter((href) => !places.has(href) && href !== '/docs/moving')).toEqual([])
  })

  it('close every backtick and every link that they open', () => {
    const broken = texts.filter(({ text }) => text.split('`').length % 2 === 0 || /\]\((?![^)\s]+\))/.test(text))
    expect(broken).toEqual([])
  })
})

describe('a call of an article', () => {
  const valuesOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? {}).replace(/"\$[A-Z_]+"/g, '"from-the-shell"'))
  const below = (start: string) => calls.filter(([, , { url }]) => url.startsWith(start))

  it.each(below('$GATEHOUSE_URL'))('%s: “%s” is an operation of the management API, with fields that it takes', (_page, _title, call) => {
    const path = call.url.replace('$GATEHOUSE_URL', '').replace('$PROJECT', 'notes')
    const { match } = routeAt(routesOf(operations), call.method, path)
    expect(match?.operation.input.safeParse(valuesOf(call.json))).toMatchObject({ success: true })
    expect(call.bearer).toBe('GATEHOUSE_API_KEY')
    const output = match?.operation.output
    if (output && call.answer) expect(output.safeParse(call.answer).error?.issues ?? []).toEqual([])
  })

  it.each(below('$ISSUER'))('%s: “%s” goes to an endpoint of an issuer, by a method that it has', (_page, _title, call) => {
    const endpoint = Object.values(surface).find(({ path }) => path === call.url.replace('$ISSUER', ''))
    expect(endpoint?.methods).toContain(call.method)
  })

  it('goes nowhere else', () => expect(below('$GATEHOUSE_URL').length + below('$ISSUER').length).toBe(calls.length))
})

describe('verify.js', () => {
  const OURS = 'https://auth.example.com/p/notes'
  const THEIRS = 'https://login.old.example'

  async function newIssuer(alg: 'ES256' | 'RS256') {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    const token = (iss: string, typ: string, aud = 'https://mcp.example.com/mcp') =>
      new SignJWT({ sub: 'user_1' })
        .setProtectedHeader({ alg, typ })
        .setIssuer(iss)
        .setAudience(aud)
        .setExpirationTime('5m')
        .sign(privateKey)
    return { keys: createLocalJWKSet({ keys: [await exportJWK(publicKey)] }), token }
  }

  it('takes tokens of both issuers, and of nobody else', async () => {
    const [ours, theirs] = await Promise.all([newIssuer('ES256'), newIssuer('RS256')])
    const keysAt = (url: URL) => (url.href.startsWith(OURS) ? ours.keys : theirs.keys)
    const body = TWO_ISSUERS.replace(/^import .*$/m, '').replace('export async function', 'async function')
    const verify = new Function('createRemoteJWKSet', 'decodeJwt', 'jwtVerify', `${body}\nreturn verify`)(keysAt, decodeJwt, jwtVerify) as (
      token: string,
    ) => Promise<{ sub?: string }>

    expect(await verify(await ours.token(OURS, 'at+jwt'))).toMatchObject({ sub: 'user_1' })
    expect(await verify(await theirs.token(THEIRS, 'JWT'))).toMatchObject({ sub: 'user_1' })
    await expect(verify(await ours.token(OURS, 'JWT'))).rejects.toThrow('typ')
    await expect(verify(await ours.token(OURS, 'at+jwt', 'https://files.example.com'))).rejects.toThrow('aud')
    await expect(verify(await theirs.token(OURS, 'at+jwt'))).rejects.toThrow()
    await expect(verify(await ours.token('https://evil.example', 'at+jwt'))).rejects.toThrow('another issuer')
  })
})
