import { expect, test } from './fixtures.ts'
import { openDoor } from './support/door.ts'
import { nextDoor, second, target } from './support/installation.ts'
import { createProject } from './support/project.ts'

/** Every place where a client may look for the metadata of the issuer `<origin>/p/<slug>`. */
const placesOf = (slug: string): string[] => [
  `/.well-known/oauth-authorization-server/p/${slug}`,
  `/.well-known/openid-configuration/p/${slug}`,
  `/p/${slug}/.well-known/oauth-authorization-server`,
  `/p/${slug}/.well-known/openid-configuration`,
]
const ANY_ORIGIN = { origin: 'https://client.example', 'mcp-protocol-version': '2025-11-25' }

test('the metadata is one document wherever a client looks for it, by GET and by HEAD, from every process', async () => {
  const { slug, issuer } = await createProject()
  const doors = [openDoor(target()), openDoor(second(), target())]
  const seen = new Set<string>()
  for (const door of doors) {
    for (const place of placesOf(slug)) {
      const { status, headers, body } = await door.ask(place, { headers: ANY_ORIGIN })
      expect([place, status]).toEqual([place, 200])
      expect(headers).toMatchObject({ 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      seen.add(body)
      const head = await door.ask(place, { method: 'HEAD', headers: ANY_ORIGIN })
      expect([head.status, head.body, head.headers.etag]).toEqual([200, '', headers.etag])
      expect((await door.ask(place, { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(304)
    }
    expect((await door.ask(`/p/${slug}/.well-known/jwks.json`)).status).toBe(200)
    expect((await door.ask('/.well-known/oauth-authorization-server')).status).toBe(404) // BASE_URL is nobody's issuer
    door.close()
  }
  expect(seen.size).toBe(1)
  expect(JSON.parse([...seen][0] ?? '').issuer).toBe(issuer)
})

test('both doors say the same of their projects', async () => {
  const at = nextDoor()
  test.skip(at === null, 'no installation behind Next’s own server was started')
  const told = []
  for (const origin of [target(), at ?? '']) {
    const { slug } = await createProject({ origin })
    const door = openDoor(origin)
    for (const place of placesOf(slug)) {
      const { status, headers, body } = await door.ask(place, { headers: ANY_ORIGIN })
      const { 'content-type': type, 'cache-control': cache, 'access-control-allow-origin': cors } = headers
      told.push({
        place: place.replace(slug, 'slug'),
        status,
        type,
        cache,
        cors,
        body: body.replaceAll(origin, 'ORIGIN').replaceAll(slug, 'slug'),
      })
    }
    door.close()
  }
  expect(told.slice(4)).toEqual(told.slice(0, 4))
})
