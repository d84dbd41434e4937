import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { answerOf, connect, introspect, oauthClient } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

const SHARED = 'https://shared.example.com/mcp'

/** As a resource server does that asks nobody: its own name, its authorization server's keys. */
async function verifiedOffline(token: string, audience: string, { issuer, fetch }: TestProject, secondsLater = 0): Promise<boolean> {
  const keys = (await answerOf(await fetch('/.well-known/jwks.json'))).body as unknown as JSONWebKeySet
  const currentDate = new Date(1000 * (Number(decodeJwt(token).iat) + secondsLater))
  return jwtVerify(token, createLocalJWKSet(keys), { issuer, audience, typ: 'at+jwt', currentDate }).then(
    () => true,
    () => false,
  )
}

conformance('a resource server', (subject) => {
  const newProject = async () => {
    const project = await subject.target.project()
    await project.addResource(SHARED)
    const client = oauthClient(project, await project.client())
    return { project, client, user: await project.user() }
  }

  describe('RI15 of a resource that two projects have registered', () => {
    it('takes the tokens of its own project only: issuer and key differ', async () => {
      const [here, there] = [await newProject(), await newProject()]
      const tokenOf = async ({ project, client, user }: typeof here) =>
        (await connect(project, client, { user }, { resource: SHARED })).access
      const [mine, theirs] = [await tokenOf(here), await tokenOf(there)]
      expect([decodeJwt(mine).aud, decodeJwt(theirs).aud]).toEqual([SHARED, SHARED])
      expect(decodeProtectedHeader(mine).kid).not.toBe(decodeProtectedHeader(theirs).kid)
      expect([await verifiedOffline(mine, SHARED, here.project), await verifiedOffline(theirs, SHARED, here.project)]).toEqual([
        true,
        false,
      ])
      expect((await introspect(here.project, theirs)).text).toBe('{"active":false}')
    })

    it('J03 refuses a token of its own project for another resource', async () => {
      const { project, client, user } = await newProject()
      const { access } = await connect(project, client, { user })
      expect([await verifiedOffline(access, project.resource, project), await verifiedOffline(access, SHARED, project)]).toEqual([
        true,
        false,
      ])
    })
  })

  it('V16 that asks nobody takes a revoked token until it expires, and one that introspects takes it no more', async () => {
    const { project, client, user } = await newProject()
    const { access } = await connect(project, client, { user })
    await client.revoke(access)
    const lifetime = Number(decodeJwt(access).exp) - Number(decodeJwt(access).iat)
    expect(lifetime).toBe(3600)
    const { resource } = project
    expect([
      await verifiedOffline(access, resource, project, lifetime - 1),
      await verifiedOffline(access, resource, project, lifetime + 1),
    ]).toEqual([true, false])
    expect((await introspect(project, access)).text).toBe('{"active":false}')
  })
})
