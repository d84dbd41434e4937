import { beforeAll, describe, expect, it } from 'vitest'
import { oauthClient, pkcePair } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

const { challenge: CHALLENGE } = pkcePair()

conformance('the language of what people read', (subject) => {
  let project: TestProject
  let authorizeUrl: string
  beforeAll(async () => {
    project = await subject.target.project()
    authorizeUrl = oauthClient(project, await project.client()).authorizeUrl(CHALLENGE)
  })

  const languageCookie = (response: Response) => response.headers.getSetCookie().find((cookie) => cookie.includes('gatehouse-language='))

  describe('a page that refuses a request', () => {
    const refused = async (query: string, headers: Record<string, string> = {}) => {
      const response = await project.browser().get(`${project.issuer}/oauth/authorize?client_id=nobody${query}`, headers)
      const body = await response.text()
      return { status: response.status, lang: /<html lang="([^"]+)"/.exec(body)?.[1], title: /<h1>([^<]+)/.exec(body)?.[1] }
    }

    it.each([
      ['', {}, 'en', 'This application is not known here'],
      ['', { 'accept-language': 'de-AT,en;q=0.5' }, 'de', 'Diese Anwendung ist hier nicht bekannt'],
      ['&ui_locales=nl%20fr', { 'accept-language': 'de' }, 'fr', 'Cette application n’est pas connue ici'],
      ['&ui_locales=nl', { 'accept-language': 'pt' }, 'pt-BR', 'Este aplicativo não é conhecido aqui'],
      ['&ui_locales=%22%3E%3Cscript%3E', {}, 'en', 'This application is not known here'],
    ])('asked with %s and %j speaks %s', async (query, headers, lang, title) =>
      expect(await refused(query, headers)).toEqual({ status: 400, lang, title }),
    )
  })

  describe('the pages of a request', () => {
    it('speak what the client asks for, until the browser is closed', async () => {
      const response = await project.browser().get(`${authorizeUrl}&ui_locales=ja-JP`)
      expect(response.status).toBe(302)
      expect(languageCookie(response)).toMatch(/gatehouse-language=ja; Path=\/; HttpOnly; SameSite=Lax(; Secure)?$/)
    })

    it.each(['', '&ui_locales=nl', '&ui_locales=%00', `&ui_locales=${'xx%20'.repeat(100)}`])(
      'keep their language with %s',
      async (query) => {
        const response = await project.browser().get(authorizeUrl + query)
        expect([response.status, languageCookie(response)]).toEqual([302, undefined])
      },
    )
  })
})
